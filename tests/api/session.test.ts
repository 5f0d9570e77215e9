import { beforeAll, expect, it } from "vitest";
import { TestProject } from "../support/project";
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
