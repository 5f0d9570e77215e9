import { afterAll, beforeAll, expect, it } from "vitest";
import { instance } from "../support/instance";
import { TestProject } from "../support/project";
import { type StartedInstance, startInstance } from "../support/start-instance";
import { until } from "../support/wait";

let started: StartedInstance;
let project: TestProject;

beforeAll(async () => {
  started = await startInstance();
  project = await TestProject.create(instance(started.home).url);
  await project.pushCode(
    {
      id: "counter",
      outputs: { count: "integer" },
      // One process serves this action, so the count tells how often it was executed.
      code: "count = 0\ndef handle(inputs):\n    global count\n    count += 1\n    return {'count': count}\n",
    },
    {
      id: "sleeper",
      inputs: { seconds: "float" },
      outputs: { done: "boolean" },
      code: "import time\ndef handle(inputs):\n    time.sleep(inputs['seconds'])\n    return {'done': True}\n",
    },
  );
  await project.deployEndpoint({
    path: "/work",
    inputs: { seconds: "float" },
    timeout: 60,
    steps: {
      count: { use: "counter" },
      sleep: { use: "sleeper", with: { seconds: "=api.seconds" }, after: ["count"] },
      last: { use: "counter", after: ["sleep"] },
    },
    results: { first: "count.count", last: "last.count" },
  });
}, 300_000);

afterAll(() => started?.stop(), 60_000);

async function runningRun(): Promise<string> {
  const { listRunsContract } = await import("@/lib/runs/contract");
  const { items } = await project.api(listRunsContract, { query: { state: "running" } });
  return items[0]?.id ?? "";
}

it("does not execute a finished step again when the worker is killed in a later one", { timeout: 90_000 }, async () => {
  expect(await (await project.post("/work", { seconds: 0 })).json()).toEqual({ first: 1, last: 2 });
  const call = project.post("/work", { seconds: 2 });
  const runId = await until("the run's second step is under way", async () => {
    const id = await runningRun();
    const steps = id ? (await project.showRun(id)).steps : [];
    return steps.some((step) => step.node === "sleep" && step.state === "running") && id;
  });
  process.kill(instance(started.home).pids.worker as number, "SIGKILL");
  const answer = await call;
  expect([answer.status, await answer.json()]).toEqual([200, { first: 3, last: 4 }]);
  const { steps } = await project.showRun(runId);
  expect(steps.map(({ node, state }) => [node, state])).toEqual([
    ["api", "completed"],
    ["count", "completed"],
    ["sleep", "completed"],
    ["last", "completed"],
  ]);
});
