import { expect, it } from "vitest";
import { signUpSchema } from "@/lib/accounts/contract";
import { ApiError } from "@/lib/http/client";
import { generalError, parseForm, serverErrors } from "./field-errors";

const refused = new ApiError(409, "Taken.", "conflict", [{ path: "body.email", message: "is taken" }], "req_1");

it("puts what the server said at its field", () => {
  expect(serverErrors(refused)).toEqual({ email: "Is taken." });
  expect(generalError(refused, ["email"])).toBeUndefined();
});

it("keeps what belongs to no field for the form as a whole", () => {
  expect(generalError(refused, ["name"])).toBe("Taken.");
  expect(generalError(new Error("away"), ["email"])).toBe("away");
  expect(generalError(null, [])).toBeUndefined();
});

it("checks by the contract's own schema", () => {
  const { errors } = parseForm(signUpSchema, { email: "ada", password: "short" });
  expect(errors).toEqual({
    email: "Give an e-mail address, such as ada@example.com.",
    password: "Use at least 8 characters.",
  });
});
