import { beforeAll, describe, expect, it } from "vitest";
import { TestProject } from "../support/project";
import { signInWithCookie } from "../support/session";

/** Ryax's own addresses of a run's results, older and newer ones. */
const addresses = ["/runner/results", "/runner/run-results", "/api/runner/results", "/api/runner/run-results"];

let project: TestProject;
let other: TestProject;
let runs: Record<"completed" | "running" | "refused" | "failed" | "file", string>;

beforeAll(async () => {
  [project, other] = await Promise.all([TestProject.create(), TestProject.create()]);
  await project.pushCode(
    { id: "sleep", code: "import time\ndef handle(i): time.sleep(120)\n" },
    {
      id: "refuse",
      code: "class RyaxException(Exception):\n    message: str\n    code: int\ndef handle(i): raise RyaxException(message='no tea', code=418)\n",
    },
    { id: "fail", code: "def handle(i): raise ValueError('a secret')\n" },
    {
      id: "write",
      outputs: { file: "file" },
      code: "def handle(i):\n    open('a.txt', 'w').write('hi')\n    return {'file': 'a.txt'}\n",
    },
  );
  await project.deployEndpoint({ path: "/completed", status: 201, inputs: { a: "integer" }, results: { a: "api.a" } });
  await project.deployEndpoint({ path: "/running", timeout: 0, steps: { s: { use: "sleep" } } });
  await project.deployEndpoint({ path: "/refused", steps: { s: { use: "refuse" } } });
  await project.deployEndpoint({ path: "/failed", steps: { s: { use: "fail" } } });
  await project.deployEndpoint({ path: "/file", steps: { s: { use: "write" } }, resultFile: "s.file" });
  const start = async (path: string) => (await project.post(path, { a: 1 })).headers.get("x-workflow-run-id") ?? "";
  runs = {
    completed: await start("/completed"),
    running: await start("/running"),
    refused: await start("/refused"),
    failed: await start("/failed"),
    file: await start("/file"),
  };
});

const ask = (address: string, run: string, headers: Record<string, string> = { "x-api-key": project.key }) =>
  fetch(`${project.url}${address}/${run}`, { headers });

describe.each(addresses)("%s", (address) => {
  it.concurrent("answers 200 with the results, whatever the endpoint's own status", async () => {
    const answer = await ask(address, runs.completed);
    expect([answer.status, await answer.json()]).toEqual([200, { a: 1 }]);
  });

  it.concurrent("answers 503 while the run goes on", async () => {
    const answer = await ask(address, runs.running);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await answer.json()).workflow_run_id).toBe(runs.running);
  });

  it.concurrent("answers 422 for a failed run, with what a RyaxException says and nothing else", async () => {
    const refused = await ask(address, runs.refused);
    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({ message: "no tea", code: 418 }),
    ]);
    const failed = await ask(address, runs.failed);
    const text = await failed.text();
    expect([failed.status, JSON.parse(text).message]).toEqual([422, "The run failed."]);
    expect(text).not.toContain("secret");
  });

  it.concurrent("answers 404 for a run that is not there, and for one of another project", async () => {
    expect((await ask(address, "WorkflowRun-1700000000-nosuch")).status).toBe(404);
    expect((await ask(address, runs.completed, { "x-api-key": other.key })).status).toBe(404);
  });

  it.concurrent("answers 401 without a key", async () => {
    for (const headers of [{}, { "x-api-key": "wrong" }, { "x-api-key": `mrk_${project.id}_wrong` }]) {
      const answer = await ask(address, runs.completed, headers as Record<string, string>);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
    }
  });

  it.concurrent("answers a file itself, and HEAD without it", async () => {
    const answer = await ask(address, runs.file);
    expect([answer.status, await answer.text()]).toEqual([200, "hi"]);
    const head = await fetch(`${project.url}${address}/${runs.file}`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${project.key}` },
    });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});

describe("with a session instead of a key", () => {
  it("answers members, and nobody else", async () => {
    const cookie = await signInWithCookie(project.admin);
    const answer = await ask("/runner/results", runs.completed, { cookie });
    expect([answer.status, await answer.json()]).toEqual([200, { a: 1 }]);
    expect((await ask("/runner/results", runs.completed, { cookie: await signInWithCookie(other.admin) })).status).toBe(
      404,
    );
  });
});
