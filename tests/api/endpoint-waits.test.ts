import { beforeAll, describe, expect, it } from "vitest";
import { cancelRunContract, deleteRunContract, listRunsContract } from "@/lib/runs/contract";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode({
    id: "take-time",
    inputs: { seconds: "float", fail: "string" },
    outputs: { done: "string" },
    code: `
import time
class RyaxException(Exception):
    message: str
    code: int
def handle(i):
    time.sleep(i["seconds"])
    if i["fail"] == "ryax":
        raise RyaxException(message="no tea", code=418)
    if i["fail"]:
        raise ValueError(i["fail"])
    return {"done": "yes"}
`,
  });
  for (const [path, timeout] of [
    ["/at-once", 0],
    ["/a-tenth", 0.1],
    ["/usual", undefined],
    ["/unlimited", -1],
  ] as const) {
    await project.deployEndpoint({
      path,
      status: 201,
      ...(timeout !== undefined && { timeout }),
      inputs: { seconds: "float", fail: { type: "string", optional: true } },
      steps: { wait: { use: "take-time", with: { seconds: "=api.seconds", fail: "" } } },
      results: { done: "wait.done" },
    });
  }
  await project.deployEndpoint({
    path: "/failing",
    timeout: 0,
    inputs: { fail: "string" },
    steps: { wait: { use: "take-time", with: { seconds: 0.3, fail: "=api.fail" } } },
    results: { done: "wait.done" },
  });
});

interface Accepted {
  result_link: string;
  workflow_run_id: string;
}

async function accepted(answer: Response): Promise<Accepted> {
  expect(answer.status).toBe(202);
  const body = await answer.json();
  expect(Object.keys(body)).toEqual(["result_link", "workflow_run_id"]);
  expect(body.workflow_run_id).toMatch(/^WorkflowRun-\d{10}-[0-9a-z]{16,}$/);
  expect(new URL(body.result_link).origin).toBe(new URL(project.url).origin);
  expect(answer.headers.get("location")).toBe(body.result_link);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(answer.headers.get("content-type")).toBe("application/json");
  return body;
}

/** What the link answers once the run has ended. */
const settled = (link: string) =>
  until("the result link answers", async () => {
    const answer = await fetch(link);
    return answer.status === 202 ? undefined : answer;
  });

describe("a time-out", () => {
  it.concurrent("of 0 answers 202 at once, and the link what the caller would have got", async () => {
    const begun = Date.now();
    const { result_link, workflow_run_id } = await accepted(await project.post("/at-once", { seconds: 1 }));
    expect(Date.now() - begun).toBeLessThan(1000);
    // While the run goes on, the link says the same as the first answer.
    expect(await accepted(await fetch(result_link))).toEqual({ result_link, workflow_run_id });
    const answer = await settled(result_link);
    expect([answer.status, await answer.json()]).toEqual([201, { done: "yes" }]);
    expect((await project.showRun(workflow_run_id)).http).toEqual({ status: 201, answered: 202 });
  });

  it.concurrent("of a tenth of a second is kept, and the run goes on", async () => {
    const begun = Date.now();
    const { result_link, workflow_run_id } = await accepted(await project.post("/a-tenth", { seconds: 1.5 }));
    const waited = Date.now() - begun;
    expect(waited).toBeGreaterThanOrEqual(95);
    expect(waited).toBeLessThan(1400);
    expect((await project.endedRun(workflow_run_id)).state).toBe("completed");
    expect((await settled(result_link)).status).toBe(201);
  });

  it.concurrent("that is not set waits for a while, and a negative one without limit", async () => {
    for (const path of ["/usual", "/unlimited"]) {
      const answer = await project.post(path, { seconds: 0.7 });
      expect([answer.status, await answer.json()]).toEqual([201, { done: "yes" }]);
    }
  });
});

describe("a result link", () => {
  const start = async (fail: string) => accepted(await project.post("/failing", { fail }));

  it.concurrent("answers a RyaxException with its code and message", async () => {
    const { result_link, workflow_run_id } = await start("ryax");
    const answer = await settled(result_link);
    expect(answer.status).toBe(418);
    expect(await answer.json()).toMatchObject({ message: "no tea", code: 418, workflow_run_id });
  });

  it.concurrent("answers any other failure with 500 and the run's id, and nothing of the reason", async () => {
    const { result_link, workflow_run_id } = await start("secret reason");
    const answer = await settled(result_link);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain(workflow_run_id);
    expect(text).not.toMatch(/secret reason|ValueError|Traceback|ryax_handler/);
  });

  it.concurrent("answers that a run was canceled", async () => {
    const { result_link, workflow_run_id } = await accepted(await project.post("/at-once", { seconds: 30 }));
    await project.api(cancelRunContract, { params: { project: project.id, run: workflow_run_id } });
    const answer = await settled(result_link);
    expect([answer.status, (await answer.json()).message]).toEqual([500, "The run was canceled."]);
  });

  it.concurrent("needs its own token, needs no key, and ends with the run", async () => {
    const first = await accepted(await project.post("/at-once", { seconds: 0 }));
    const second = await accepted(await project.post("/at-once", { seconds: 0 }));
    expect((await settled(first.result_link)).status).toBe(201);
    const stolen = new URL(first.result_link);
    stolen.searchParams.set("token", new URL(second.result_link).searchParams.get("token") ?? "");
    const wrong = new URL(first.result_link);
    wrong.searchParams.set("token", "0".repeat(43));
    const none = new URL(first.result_link);
    none.search = "";
    for (const link of [stolen, wrong, none]) {
      const answer = await fetch(link);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    }
    await project.api(deleteRunContract, { params: { project: project.id, run: first.workflow_run_id } });
    expect((await fetch(first.result_link)).status).toBe(404);
    expect((await settled(second.result_link)).status).toBe(201);
  });
});

it.concurrent("loses nothing of a caller who hangs up", async () => {
  const controller = new AbortController();
  const call = project.post("/unlimited", { seconds: 2 }, { signal: controller.signal });
  const hungUp = expect(call).rejects.toThrow();
  const isOurs = (run: { http: { status: number | null; answered: number | null } | null }) => run.http !== null;
  const started = await until("the run is listed", async () => {
    const { items } = await project.api(listRunsContract, { query: { state: "running", limit: 200 } });
    for (const item of items.filter(isOurs)) {
      const shown = await project.showRun(item.id);
      if (shown.inputs.seconds === 2) return shown;
    }
    return undefined;
  });
  controller.abort();
  await hungUp;
  const ended = await project.endedRun(started.id);
  expect(ended).toMatchObject({ state: "completed", outputs: { done: "yes" } });
  const answered = await until(
    "what the caller got is noted",
    async () => (await project.showRun(started.id)).http?.answered,
  );
  expect(answered).toBe(499);
});
