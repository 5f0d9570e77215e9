import { beforeAll, expect, it } from "vitest";
import { TestProject } from "../support/project";
import { linesOf, logsOf } from "../support/step";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "by-the-clock",
      inputs: { until: "float" },
      outputs: { at: "float" },
      code: "import time\ndef handle(i):\n    print('trying')\n    if time.time() < i['until']: raise OSError('not yet')\n    return {'at': time.time()}\n",
    },
    {
      // A warm process remembers its calls; there may be two of them.
      id: "second-time",
      outputs: { calls: "integer" },
      code: "calls = 0\ndef handle(i):\n    global calls\n    calls += 1\n    if calls == 1: raise OSError('not yet')\n    return {'calls': calls}\n",
    },
    { id: "never", code: "def handle(i):\n    print('trying')\n    raise ValueError('never')\n" },
    {
      id: "refuse",
      code: "class RyaxException(Exception):\n    message: str\n    code: int\ndef handle(i):\n    raise RyaxException(message='no', code=409)\n",
    },
    { id: "wrong", outputs: { count: "integer" }, code: "def handle(i): return {'count': 'many'}\n" },
    { id: "crash", code: "import os\ndef handle(i):\n    print('trying', flush=True)\n    os._exit(1)\n" },
  );
});

const policy = { max_attempts: 3, backoff_seconds: 0.3, backoff_factor: 2 };

async function run(use: string, retry: typeof policy | undefined, inputs: Record<string, unknown> = {}) {
  const name = `${use} ${retry ? "again" : "once"}`;
  const { id } = await project.deployManual({ name, steps: { only: { use, with: inputs, ...(retry && { retry }) } } });
  const ended = await project.endedRun((await project.start(id, {}, 30)).id);
  const step = ended.steps[1];
  if (!step) throw new Error("The run has no step.");
  return { ended, step, lines: linesOf(await logsOf(project, ended.id)).map(([, line]) => line) };
}

it.concurrent("a step is not attempted again unless its author says so", async () => {
  const { step, lines } = await run("never", undefined);
  expect([step.state, step.attempts, step.earlierAttempts, lines.filter((line) => line === "trying")]).toEqual([
    "failed",
    1,
    [],
    ["trying"],
  ]);
});

it.concurrent("a step is attempted again until it succeeds, and its attempts are kept", async () => {
  const { ended, step } = await run("second-time", policy);
  expect([ended.state, step.state]).toEqual(["completed", "completed"]);
  expect(step.outputs).toEqual({ calls: 2 });
  expect([2, 3]).toContain(step.attempts);
  expect(step.earlierAttempts).toHaveLength(step.attempts - 1);
  expect(step.earlierAttempts[0]).toMatchObject({ attempt: 1, error: { type: "OSError", message: "not yet" } });
});

it.concurrent("attempts end at their number, each after a longer pause, and the last error counts", async () => {
  const { ended, step, lines } = await run("never", policy);
  expect([step.state, step.attempts, step.earlierAttempts.length]).toEqual(["failed", 3, 2]);
  expect(lines.filter((line) => line === "trying")).toHaveLength(3);
  expect(ended.error).toMatchObject({ type: "ValueError", message: "never", node: "only" });
  const times = [
    ...step.earlierAttempts.map((attempt) => Date.parse(attempt.startedAt ?? "")),
    Date.parse(step.startedAt ?? ""),
  ];
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(pauses[0]).toBeGreaterThanOrEqual(295);
  expect(pauses[1]).toBeGreaterThanOrEqual(595);
});

it.concurrent("a process that died is attempted again like an exception", async () => {
  const { step } = await run("crash", { ...policy, max_attempts: 2 });
  expect([step.state, step.attempts, step.error?.type]).toEqual(["failed", 2, "WorkerExited"]);
});

it.concurrent.each(["refuse", "wrong"])("what will not change is not attempted again: %s", async (use) => {
  const { step } = await run(use, policy);
  expect([step.state, step.attempts, step.earlierAttempts]).toEqual(["failed", 1, []]);
});

it.concurrent("a step beside one that is attempted again is executed once", async () => {
  const { id } = await project.deployManual({
    name: "Beside",
    steps: {
      again: {
        use: "by-the-clock",
        with: { until: Date.now() / 1000 + 1 },
        retry: { max_attempts: 10, backoff_seconds: 0.2, backoff_factor: 1 },
      },
      beside: { use: "by-the-clock", with: { until: 0 } },
      after: { use: "by-the-clock", with: { until: 0 }, after: ["again", "beside"] },
    },
    results: { again: "again.at", beside: "beside.at", after: "after.at" },
  });
  const ended = await project.endedRun((await project.start(id, {}, 30)).id);
  expect(ended.state).toBe("completed");
  const lines = await logsOf(project, ended.id);
  const attemptsOf = (node: string) => lines.filter((line) => line.node === node && line.stream === "stdout").length;
  expect([attemptsOf("beside"), attemptsOf("after")]).toEqual([1, 1]);
  expect(attemptsOf("again")).toBe(ended.steps[1]?.attempts);
});
