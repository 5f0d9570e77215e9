import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { signInContract, signOutContract, signUpContract, whoAmIContract } from "@/lib/accounts/contract";
import { callChecked, issuesByPath, refusal } from "../support/checked";
import { instance } from "../support/instance";
import { signUp } from "../support/project";

const baseUrl = instance().url;
const freshEmail = () => `person-${randomBytes(6).toString("hex")}@example.com`;
const password = "correct horse battery";

it.concurrent("signs up, and in, with an address in any case and with blanks around it", async () => {
  const email = freshEmail();
  const body = { email: ` ${email.toUpperCase()} `, password, name: "Ada" };
  const { token, user } = await callChecked(signUpContract, { body }, { baseUrl });
  expect(user).toMatchObject({ email, name: "Ada" });
  expect(await callChecked(whoAmIContract, {}, { baseUrl, token })).toEqual({ user });
  const again = await callChecked(signInContract, { body: { email, password } }, { baseUrl });
  expect(again.user).toEqual(user);
  expect(again.token).not.toBe(token);
});

it.concurrent("refuses what is not an address, and a short password, each by its name", async () => {
  const error = await refusal(callChecked(signUpContract, { body: { email: "ada", password: "short" } }, { baseUrl }));
  expect([error.status, Object.keys(issuesByPath(error))]).toEqual([422, ["body.email", "body.password"]]);
});

it.concurrent("refuses a second account with one address", async () => {
  const { email } = await signUp();
  const error = await refusal(
    callChecked(signUpContract, { body: { email: email.toUpperCase(), password } }, { baseUrl }),
  );
  expect([error.status, error.code]).toEqual([409, "conflict"]);
});

it.concurrent("says the same about an unknown address and a wrong password", async () => {
  const { email } = await signUp();
  const attempt = (address: string) =>
    refusal(callChecked(signInContract, { body: { email: address, password: "not the one" } }, { baseUrl }));
  const [wrong, unknown] = [await attempt(email), await attempt(freshEmail())];
  expect([wrong.status, wrong.code, wrong.message]).toEqual([401, "unauthorized", "E-mail or password is wrong."]);
  expect([unknown.status, unknown.code, unknown.message]).toEqual([wrong.status, wrong.code, wrong.message]);
});

it.concurrent("closes an account to guesses after ten, also to the right password, and to nobody else", async () => {
  const person = await signUp();
  const attempt = (body: { email: string; password: string }) => callChecked(signInContract, { body }, { baseUrl });
  for (let tries = 0; tries < 10; tries++) {
    expect((await refusal(attempt({ email: person.email, password: `guess ${tries}` }))).status).toBe(401);
  }
  expect((await refusal(attempt({ email: person.email, password: "guess 11" }))).code).toBe("rate_limited");
  const response = await fetch(`${baseUrl}/api/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  expect(response.status).toBe(429);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(60);
  // Who is signed in stays so.
  expect((await callChecked(whoAmIContract, {}, { baseUrl, token: person.token })).user.id).toBe(person.userId);
  const other = await signUp();
  expect((await attempt({ email: other.email, password: other.password })).user.id).toBe(other.userId);
});

it.concurrent("revokes at sign-out the token that was sent, and only that one", async () => {
  const person = await signUp();
  const { token } = await callChecked(
    signInContract,
    { body: { email: person.email, password: person.password } },
    { baseUrl },
  );
  await callChecked(signOutContract, {}, { baseUrl, token });
  expect((await refusal(callChecked(whoAmIContract, {}, { baseUrl, token }))).status).toBe(401);
  expect((await callChecked(whoAmIContract, {}, { baseUrl, token: person.token })).user.id).toBe(person.userId);
});
