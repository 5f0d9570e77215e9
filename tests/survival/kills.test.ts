import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRunsContract, type RunSummary } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { type Call, callSteadily, isAccepted } from "../support/calls";
import { instance } from "../support/instance";
import { TestProject } from "../support/project";
import { type StartedInstance, startInstance } from "../support/start-instance";
import { until } from "../support/wait";
import { triggerFile } from "../support/workflow-file";

/** Real processes are killed without a warning, and every call that was accepted must come to its one end. */

const load = { calls: 200, everyMs: 40, killAfterMs: 2_500 };
const settledWithinMs = 90_000;

let started: StartedInstance;
let project: TestProject;

beforeAll(async () => {
  started = await startInstance();
  project = await TestProject.create(instance(started.home).url);
  const io = { inputs: { token: "string" }, outputs: { token: "string" } } as const;
  await project.pushCode(
    { id: "quick-python", ...io, code: "def handle(inputs):\n    return {'token': inputs['token']}\n" },
    {
      id: "slow-python",
      ...io,
      code: "import time\ndef handle(inputs):\n    time.sleep(0.3)\n    return {'token': inputs['token']}\n",
    },
    {
      id: "quick-node",
      type: "nodejs",
      ...io,
      code: "module.exports = ({ token }) => ({ token: token.toUpperCase() });\n",
    },
  );
  await project.deployEndpoint({
    path: "/work",
    inputs: { token: "string" },
    timeout: 30,
    steps: {
      a: { use: "quick-python", with: { token: "=api.token" } },
      b: { use: "slow-python", with: { token: "=a.token" }, after: ["a"] },
      c: { use: "quick-node", with: { token: "=b.token" }, after: ["b"] },
    },
    results: { token: "c.token" },
  });
}, 300_000);

afterAll(() => started?.stop(), 60_000);

/** Those of calls with this token; only what was started since is asked for one by one. */
async function listRuns(prefix: string, since: string): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await project.api(listRunsContract, { query: { limit: 200, ...(cursor && { cursor }) } });
    const newer = page.items.filter((run) => run.createdAt >= since);
    runs.push(...newer);
    cursor = newer.length === page.items.length ? (page.nextCursor ?? undefined) : undefined;
  } while (cursor);
  const details = await Promise.all(runs.map(async (run) => ({ run, detail: await project.showRun(run.id) })));
  return details.filter(({ detail }) => String(detail.inputs.token).startsWith(`${prefix}-`)).map(({ run }) => run);
}

function pidOf(name: string): number {
  const pid = instance(started.home).pids[name];
  if (!pid) throw new Error(`${name} is not running`);
  return pid;
}

/** Kills a process while calls come in at a steady pace. */
async function killUnderLoad(name: string): Promise<Call[]> {
  const calling = callSteadily(project, "/work", load.calls, load.everyMs, name);
  await delay(load.killAfterMs);
  const pid = pidOf(name);
  process.kill(pid, "SIGKILL");
  await until(`${name} runs again`, () => {
    const now = instance(started.home).pids[name];
    return now !== undefined && now !== pid;
  });
  return calling;
}

async function expectAnswer(call: Call): Promise<void> {
  const expected = { token: call.token.toUpperCase() };
  if (call.status !== 202) return expect(call.body).toEqual(expected);
  const answer = await fetch(String(call.body?.result_link));
  expect([answer.status, await answer.json()]).toEqual([200, expected]);
}

/** What was accepted has exactly one run, every run has ended, and every accepted call gets its answer. */
async function expectNothingLost(name: string, calls: Call[], since: string): Promise<void> {
  const accepted = calls.filter(isAccepted);
  const runs = await until(
    "every run has ended",
    async () => {
      const all = await listRuns(name, since).catch(() => []);
      return all.length >= accepted.length && all.every((run) => isRunOver(run.state)) ? all : undefined;
    },
    settledWithinMs,
  );
  const ids = new Set(runs.map((run) => run.id));
  expect(ids.size).toBe(runs.length);
  expect(accepted.filter((call) => !ids.has(call.runId ?? ""))).toEqual([]);
  expect(new Set(accepted.map((call) => call.runId)).size).toBe(accepted.length);
  expect(runs.length).toBeLessThanOrEqual(calls.length);
  expect(runs.filter((run) => run.state !== "completed")).toEqual([]);
  for (const call of accepted) await expectAnswer(call);
}

it("kill -9 of the worker while a run waits for another one: both end, and what comes after is started once", {
  timeout: 120_000,
}, async () => {
  const slow = { use: "slow-python", with: { token: "=api.token" } };
  const steps = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      `s${index}`,
      { ...slow, after: [index === 0 ? "api" : `s${index - 1}`] },
    ]),
  );
  const other = await project.deployManual({ name: "Other", inputs: { token: "string" }, steps });
  const input = { token: "waited-for" };
  const waits = { use: "run-workflow", with: { workflow: "Other", input } };
  const waiting = await project.deployManual({ name: "Waits", steps: { waits } });
  const after = await project.deploy(triggerFile("workflow-end", { workflow: "Other" }, { name: "After other" }));
  const { id } = await project.start(waiting.id);
  const child = await until("the other run is under way", async () => {
    const [started] = (await project.showRun(id)).started;
    return started && (await project.showRun(started.id)).steps[2]?.state === "completed" && started;
  });
  const pid = pidOf("worker");
  process.kill(pid, "SIGKILL");
  expect([(await project.endedRun(id)).state, (await project.endedRun(child.id)).state]).toEqual([
    "completed",
    "completed",
  ]);
  const runsOf = async (workflow: string) => (await project.api(listRunsContract, { query: { workflow } })).items;
  const [told] = await until("it was told", async () => {
    const runs = await runsOf(after.id);
    return runs.length > 0 && runs;
  });
  expect((await project.showRun(told?.id ?? "")).startedBy?.id).toBe(child.id);
  expect([(await runsOf(other.id)).length, (await runsOf(after.id)).length]).toEqual([1, 1]);
});

describe.each(["worker", "runnerd", "web", "temporal", "postgres"])("kill -9 of %s under load", (name) => {
  it("loses no accepted call", { timeout: 240_000 }, async () => {
    const since = new Date().toISOString();
    const calls = await killUnderLoad(name);
    await expectNothingLost(name, calls, since);
    // Whatever is down answers 503 or not at all; most calls are not affected.
    expect(calls.filter(isAccepted).length).toBeGreaterThan(load.calls / 2);
    for (const { status } of calls) expect([200, 202, 503, undefined]).toContain(status);
    const after = await callSteadily(project, "/work", 5, 10, `${name}-after`);
    expect(after.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });
});
