import { beforeAll, expect, it } from "vitest";
import { changePasswordContract, whoAmIContract } from "@/lib/accounts/contract";
import { callApi } from "@/lib/http/client";
import { signUp, TestProject } from "../support/project";
import { signInWithCookie } from "../support/session";

let project: TestProject;
let cookie: string;
beforeAll(async () => {
  project = await TestProject.create();
  cookie = await signInWithCookie(project.admin);
});

const rename = (headers: Record<string, string>) =>
  fetch(`${project.url}/api/v1/projects/${project.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", cookie, ...headers },
    body: '{"name": "Renamed"}',
  });

it("a session reads what a token reads", async () => {
  const answer = await fetch(`${project.url}/api/v1/whoami`, { headers: { cookie } });
  expect((await answer.json()).user.email).toBe(project.admin.email);
});

it("a session changes things only from the site's own pages", async () => {
  for (const headers of [{}, { origin: "https://evil.example" }, { origin: "null" }]) {
    const answer = await rename(headers as Record<string, string>);
    expect([answer.status, (await answer.json()).code]).toEqual([403, "forbidden"]);
  }
  expect((await rename({ origin: project.url })).status).toBe(200);
});

it("a session that was tampered with is none", async () => {
  const answer = await fetch(`${project.url}/api/v1/whoami`, { headers: { cookie: `${cookie.slice(0, -3)}abc` } });
  expect(answer.status).toBe(401);
});

it("a session ends with the password that began it, in every browser, and no other account's does", async () => {
  const person = await signUp();
  const [first, second] = await Promise.all([signInWithCookie(person), signInWithCookie(person)]);
  const statusOf = async (session: string) =>
    (await fetch(`${project.url}/api/v1/whoami`, { headers: { cookie: session } })).status;
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
  const options = { baseUrl: project.url, token: person.token };
  await callApi(changePasswordContract, { body: { current: person.password, next: "a new password" } }, options);
  expect([await statusOf(first), await statusOf(second), await statusOf(cookie)]).toEqual([401, 401, 200]);
  const page = await fetch(`${project.url}/account`, { headers: { cookie: first }, redirect: "manual" });
  expect(page.headers.get("location")).toContain("/sign-in");
  const next = await signInWithCookie({ ...person, password: "a new password" });
  expect(await statusOf(next)).toBe(200);
  expect((await callApi(whoAmIContract, {}, options)).user.id).toBe(person.userId);
});
