import { describe, expect, it } from "vitest";
import {
  changePasswordContract,
  listTokensContract,
  revokeTokenContract,
  signInContract,
  updateAccountContract,
  whoAmIContract,
} from "@/lib/accounts/contract";
import { callApi } from "@/lib/http/client";
import { issuesByPath, refusal } from "../support/checked";
import { instance } from "../support/instance";
import { type Person, signUp } from "../support/project";

const options = (token?: string) => ({ baseUrl: instance().url, ...(token && { token }) });
const signIn = ({ email, password }: Pick<Person, "email" | "password">) =>
  callApi(signInContract, { body: { email, password } }, options());

describe("personal tokens", () => {
  it("are listed without their secrets, and revoked one by one", async () => {
    const person = await signUp();
    const { token } = await signIn(person);
    const { items } = await callApi(listTokensContract, {}, options(token));
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toContain(token.slice(8));
    const [other] = items.filter((item) => !item.isCurrent);
    await callApi(revokeTokenContract, { params: { token: other?.id ?? "" } }, options(token));
    expect((await refusal(callApi(whoAmIContract, {}, options(person.token)))).status).toBe(401);
    expect((await callApi(whoAmIContract, {}, options(token))).user.id).toBe(person.userId);
  });

  it("of somebody else are not there to be revoked", async () => {
    const [person, stranger] = [await signUp(), await signUp()];
    const { items } = await callApi(listTokensContract, {}, options(person.token));
    const revoke = callApi(revokeTokenContract, { params: { token: items[0]?.id ?? "" } }, options(stranger.token));
    expect((await refusal(revoke)).code).toBe("not_found");
    expect((await callApi(whoAmIContract, {}, options(person.token))).user.id).toBe(person.userId);
  });
});

describe("a password", () => {
  it("is changed by whoever knows the one before, and ends the other tokens", async () => {
    const person = await signUp();
    const { token } = await signIn(person);
    const change = (current: string, next: string) =>
      callApi(changePasswordContract, { body: { current, next } }, options(token));
    const wrong = await refusal(change("not this one", "a new password"));
    expect([wrong.status, Object.keys(issuesByPath(wrong))]).toEqual([422, ["body.current"]]);
    expect((await refusal(change(person.password, "short"))).code).toBe("invalid_input");
    await change(person.password, "a new password");
    expect((await refusal(signIn(person))).code).toBe("unauthorized");
    expect((await signIn({ ...person, password: "a new password" })).user.id).toBe(person.userId);
    expect((await refusal(callApi(whoAmIContract, {}, options(person.token)))).status).toBe(401);
    expect((await callApi(whoAmIContract, {}, options(token))).user.id).toBe(person.userId);
  });

  it("cannot be guessed here any faster than by signing in", async () => {
    const person = await signUp();
    const guess = () =>
      refusal(
        callApi(
          changePasswordContract,
          { body: { current: "a guess", next: "a new password" } },
          options(person.token),
        ),
      );
    const codes: string[] = [];
    for (let attempt = 0; attempt < 12; attempt++) codes.push((await guess()).code);
    expect(codes.at(-1)).toBe("rate_limited");
  });
});

it("a name is changed, and taken away", async () => {
  const person = await signUp();
  const rename = (name: string | null) => callApi(updateAccountContract, { body: { name } }, options(person.token));
  expect((await rename("  Ada  ")).user.name).toBe("Ada");
  expect((await rename(null)).user.name).toBeNull();
  expect((await refusal(rename("x".repeat(101)))).code).toBe("invalid_input");
});
