import { expect, it } from "vitest";
import { signUpSchema } from "@/lib/accounts/contract";
import { ApiError } from "@/lib/http/client";
import { checkForm, fieldErrors, generalError, InvalidForm } from "./field-errors";

const refused = new ApiError(409, "Taken.", "conflict", [{ path: "body.email", message: "is taken" }], "req_1");

it("puts what the server said at its field", () => {
  expect(fieldErrors(refused)).toEqual({ email: "Is taken." });
  expect(generalError(refused, ["email"])).toBeUndefined();
});

it("keeps what belongs to no field for the form as a whole", () => {
  expect(generalError(refused, ["name"])).toBe("Taken.");
  expect(generalError(new Error("away"), ["email"])).toBe("away");
  expect(generalError(null, [])).toBeUndefined();
});

it("checks by the contract's own schema", async () => {
  const load = () => Promise.resolve(signUpSchema);
  const error = await checkForm(load, { email: "ada", password: "short" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InvalidForm);
  expect(fieldErrors(error)).toEqual({
    email: "Give an e-mail address, such as ada@example.com.",
    password: "Use at least 8 characters.",
  });
  const good = { email: "ada@example.com", password: "long enough" };
  expect(await checkForm(load, good)).toBe(good);
});
