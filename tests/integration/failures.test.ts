import { beforeAll, describe, expect, it } from "vitest";
import { TestProject } from "../support/project";
import { executeAction, linesOf } from "../support/step";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushFixtures(
    "wrong-results",
    "raises-deep",
    "exits",
    "endless",
    "node-endless",
    "list-result",
    "greet",
  );
  await project.pushCode(
    {
      id: "reject-late",
      type: "nodejs",
      code: "module.exports = () => { setTimeout(() => { throw new Error('too late'); }, 5); return new Promise(() => {}); };",
      spec: { resources: { time: "3s" } },
    },
    {
      id: "unhandled",
      type: "nodejs",
      code: "module.exports = async () => { Promise.reject(new Error('nobody listens')); await new Promise((r) => setTimeout(r, 50)); return {}; };",
    },
    { id: "flood", code: "def handle(i):\n    while True: print('x' * 1000)\n" },
    { id: "two-functions", type: "nodejs", code: "module.exports = { a() {}, b() {} };" },
    { id: "import-loop", code: "import time\nwhile True: time.sleep(1)\ndef handle(i): pass\n" },
    {
      id: "broken-node",
      type: "nodejs",
      code: "const fs = require('fs');\nfs.readFileSync('/nowhere');\nmodule.exports = () => ({});",
    },
  );
}, 120_000);

const failure = async (use: string, inputs: Record<string, unknown> = {}) => {
  const executed = await executeAction(project, use, inputs);
  expect([executed.run.state, executed.step.state, executed.step.outputs]).toEqual(["failed", "failed", null]);
  expect(executed.run.error).toEqual({ ...executed.step.error, node: "only" });
  return executed;
};

describe("results that are not what was declared", () => {
  it.concurrent.each([
    ["missing", /returned nothing for the output “count”/],
    ["none", /returned nothing for the output “count”/],
    ["text for a number", /“count” is an integer and must be a whole number, but the handler returned a string/],
    ["part of a number", /“count” is an integer and must be a whole number, but the handler returned a number/],
    ["flag for a number", /“count” is an integer and must be a whole number, but the handler returned a boolean/],
    ["no such file", /'file' names 'nowhere.txt', which is not an existing regular file/],
    ["folder for a file", /'file' names '\/tmp', which is not an existing regular file/],
    ["no dict", /must return a dict of its outputs, but it returned str/],
    ["two dicts", /must return a dict of its outputs, but it returned list/],
    ["not a number", /'count' cannot be written as JSON/],
    ["a set", /'count' cannot be written as JSON/],
  ])("%s fail the step by name", async (wrong, message) => {
    const { step } = await failure("wrong-results", { case: wrong });
    expect(step.error?.type).toBe("OutputInvalid");
    expect(step.error?.message).toMatch(message);
  });

  it.concurrent("a list of several dicts is one of them", async () => {
    const { step } = await failure("list-result", { count: 2 });
    expect(step.error?.message).toMatch(/returned list/);
  });
});

it.concurrent("an exception is shown with its type, its text and where it came from", async () => {
  const { step } = await failure("raises-deep");
  expect(step.error).toMatchObject({ type: "RuntimeError", message: "could not do it", code: null });
  expect(step.error?.stack.at(-1)).toEqual({ file: "ryax_handler.py", line: 16, name: "handle" });
});

it.concurrent("an exception leaves its traceback in the log, with what caused it", async () => {
  const { logs } = await failure("raises-deep");
  const lines = linesOf(logs).map(([, line]) => line);
  expect(lines[0]).toBe("before");
  const traceback = lines.join("\n");
  expect(traceback).toContain("Traceback (most recent call last)");
  expect(traceback).toContain("QuotaExceeded: no more today: ü");
  expect(traceback).toContain("RuntimeError: could not do it");
});

describe("a process that leaves", () => {
  it.concurrent.each([
    ["sys.exit", "SystemExit", /3/],
    ["os._exit", "WorkerExited", /4/],
    ["signal", "WorkerExited", /SIGSEGV/],
    ["recursion", "RecursionError", /recursion/],
  ])("by %s fails its step, and the next call works", async (how, type, message) => {
    const { step, logs } = await failure("exits", { how });
    expect(step.error?.type).toBe(type);
    expect(step.error?.message).toMatch(message);
    expect(linesOf(logs)[0]).toEqual(["stdout", `leaving by ${how}`]);
    expect((await executeAction(project, "exits", { how: "not at all" })).step.outputs).toEqual({ ok: "not at all" });
  });
});

describe("a step past its own time limit", () => {
  it.concurrent.each(["endless", "node-endless"])("%s is killed, with all it started", async (use) => {
    const { step, logs } = await failure(use);
    expect(step.error?.type).toBe("Timeout");
    expect(step.error?.message).toMatch(/1 s/);
    expect(step.durationMs).toBeGreaterThanOrEqual(990);
    expect(step.durationMs).toBeLessThan(5_000);
    expect(linesOf(logs)[0]).toEqual(["stdout", "round and round"]);
  });

  it.concurrent("is answered 500, which names the run", async () => {
    await project.deployEndpoint({ path: "/endless", steps: { only: { use: "endless" } } });
    const answer = await project.post("/endless", {});
    const problem = await answer.json();
    expect([answer.status, problem.message]).toEqual([500, expect.stringContaining(problem.workflow_run_id)]);
  });
});

describe("a Node handler", () => {
  it.concurrent("that throws when nobody listens any more fails its step", async () => {
    const { step } = await failure("reject-late");
    expect(step.error?.message).toMatch(/too late/);
  });

  it.concurrent("that rejects a promise nobody awaits does not take the process down unseen", async () => {
    const { step, logs } = await executeAction(project, "unhandled");
    expect(JSON.stringify([step.error, logs])).toContain("nobody listens");
  });

  it.concurrent("that exports several functions is told so", async () => {
    const { step } = await failure("two-functions");
    expect(step.error?.message).toMatch(/function/);
  });

  it.concurrent("that fails while it is loaded shows where", async () => {
    const { step } = await failure("broken-node");
    expect(step.error?.message).toMatch(/ENOENT/);
    expect(step.error?.stack).toContainEqual(expect.objectContaining({ file: "ryax_handler.js", line: 2 }));
  });
});

describe("what a handler may use up", () => {
  it.concurrent("is a log to a limit", async () => {
    const { step, logs } = await failure("flood");
    expect(step.error?.type).toBe("LogLimit");
    expect(logs.length).toBeLessThanOrEqual(10_000);
  }, 60_000);

  it.concurrent("is time for its import to a limit", async () => {
    const { step } = await failure("import-loop");
    expect(step.error?.type).toBe("InitTimeout");
  }, 60_000);
});
