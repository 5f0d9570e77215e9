import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancelRunContract, testDraftContract } from "@/lib/runs/contract";
import { listEventsContract } from "@/lib/triggers/contract";
import { showWorkflowContract } from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { ClockLab, runsOfWorkflow } from "../support/clocks";
import { connectAsApplication, withProjects } from "../support/database";
import { holdTo } from "../support/limits";
import { TestProject } from "../support/project";
import { rawHistoryOf } from "../support/temporal";
import { until } from "../support/wait";
import { triggerFile } from "../support/workflow-file";

let project: TestProject;
let worker: { id: string };
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "work",
      inputs: { text: "string", key: { type: "password", optional: true } },
      outputs: { text: "string", file: "file" },
      code: `
import time
class RyaxException(Exception):
    def __init__(self, message, code):
        super().__init__(message)
        self.message, self.code = message, code
def handle(inputs):
    if inputs["text"] == "busy":
        raise RyaxException("come again later", 429)
    if inputs["text"] == "broken":
        raise ValueError("it is broken")
    if inputs["text"] == "sleep":
        time.sleep(120)
    open("out.txt", "w").write("of the other run")
    return {"text": inputs["text"].upper(), "file": "out.txt"}
`,
    },
    { id: "echo-it", inputs: { text: "string" }, outputs: { text: "string" }, code: "def handle(i): return i\n" },
  );
  worker = await project.deployManual({
    name: "Worker",
    inputs: { text: "string", key: { type: "password", optional: true } },
    steps: { work: { use: "work", with: { text: "=api.text", key: "=api.key" } } },
    results: { text: "work.text", file: "work.file" },
  });
}, 120_000);

const eventsOf = async (workflow: string) =>
  (await project.api(listEventsContract, { params: { project: project.id, workflow } })).items;
const callsWorker = (path: string, more: Record<string, unknown> = {}) =>
  project.deployEndpoint({
    path,
    name: path,
    inputs: { input: "object" },
    timeout: 30,
    steps: {
      other: { use: "run-workflow", with: { workflow: "Worker", input: "=api.input", ...more } },
      after: { use: "echo-it", with: { text: "=other.run_id" }, after: ["other"] },
    },
    results: { result: "other.result", file: "other.file", run: "after.text" },
  });
const runOf = (answer: Response) => answer.headers.get("x-workflow-run-id") ?? "";

describe("a step that runs another workflow", () => {
  let caller: { id: string };
  beforeAll(async () => {
    caller = await callsWorker("/chain");
  });

  it("gives what came of it, and the runs know each other", async () => {
    const answer = await project.post("/chain", { input: { text: "abc" } });
    const body = await answer.json();
    expect([answer.status, body.result]).toEqual([200, { text: "ABC", file: "out.txt" }]);
    expect(await (await fetch(body.file)).text()).toBe("of the other run");
    const parent = await project.showRun(runOf(answer));
    const child = await project.showRun(body.run);
    const named = (run: typeof parent) => ({ id: run.id, workflow: run.workflow, state: "completed", node: "other" });
    expect([parent.started, child.startedBy]).toEqual([[named(child)], named(parent)]);
    expect([parent.startedBy, child.source, child.inputs]).toEqual([null, "workflow", { text: "abc", key: null }]);
    const [event] = await eventsOf(worker.id);
    expect(event).toMatchObject({
      kind: "workflow",
      identity: `${parent.id}/other`,
      outcome: "started",
      runId: child.id,
    });
  });

  it.each([
    ["busy", 429, "come again later"],
    ["broken", 500, "it is broken"],
  ])("fails as it does: %s", async (text, status, reason) => {
    const answer = await project.post("/chain", { input: { text } });
    // Callers are told what an author raised for them, and of other failures where the reason is found.
    const told = status === 429 ? reason : expect.stringContaining(runOf(answer));
    expect([answer.status, (await answer.json()).message]).toEqual([status, told]);
    const { error, started } = await project.showRun(runOf(answer));
    expect([error?.node, error?.message, started.map(({ state }) => state)]).toEqual(["other", reason, ["failed"]]);
  });

  it("is refused where the project has twice as many runs under way as it may let in", async () => {
    await callsWorker("/deeper", { workflow: "/chain", input: { input: { text: "deep" } } });
    await holdTo(project, { openRuns: 1 });
    // Its own run, and one that it starts, but none that is started by that.
    const answer = await project.post("/deeper", { input: {} });
    await holdTo(project, { openRuns: null });
    const { error } = await project.showRun(runOf(answer));
    expect([answer.status, error?.node, error?.message]).toEqual([
      500,
      "other",
      expect.stringContaining("The project's limit openRuns says"),
    ]);
  });

  it("says what the other workflow does not take, and starts nothing", async () => {
    const answer = await project.post("/chain", { input: { texts: "abc" } });
    const { error, started } = await project.showRun(runOf(answer));
    expect(error?.message).toMatch(
      /“Worker” cannot take this input: texts: .*no output of this name.*; text: is required/,
    );
    expect(started).toEqual([]);
  });

  it("cancels it when it is canceled", async () => {
    const { id } = await project.start(caller.id, { input: { text: "sleep" } });
    const child = await until("the other run has started", async () => (await project.showRun(id)).started[0]);
    await until("it works", async () => (await project.showRun(child.id)).steps[1]?.state === "running");
    await project.api(cancelRunContract, { params: { project: project.id, run: id } });
    expect([(await project.endedRun(id)).state, (await project.endedRun(child.id)).state]).toEqual([
      "canceled",
      "canceled",
    ]);
  });

  it("that does not wait ends at once, and leaves it alone when it is canceled", async () => {
    const { id } = await callsWorker("/start", { wait: false });
    const ended = await project.start(id, { input: { text: "later" } }, 20);
    expect([ended.state, ended.outputs]).toMatchObject(["completed", { result: {}, file: null }]);
    expect(await project.endedRun(ended.started[0]?.id ?? "")).toMatchObject({ state: "completed" });
  });

  it("hands on typed values, files and secrets, from wherever they come", async () => {
    const secret = "handed-on-0123456789";
    const typed = await project.deployManual({
      name: "Typed",
      inputs: { text: "string", count: "integer", key: "password", file: "file" },
      steps: { work: { use: "work", with: { text: "=api.text", key: "=api.key" } } },
      results: { count: "api.count", file: "api.file" },
    });
    const more = { "input.count": "=api.count", "input.key": secret, "input.file": "=make.file" };
    const caller = await project.deployManual({
      name: "Hands on",
      inputs: { count: "integer" },
      steps: {
        make: { use: "work", with: { text: "abc" } },
        other: { use: "run-workflow", with: { workflow: "Typed", input: { text: "of it" }, ...more }, after: ["make"] },
      },
      results: { result: "other.result", file: "other.file" },
    });
    const ended = await project.start(caller.id, { count: 3 }, 20);
    expect(ended.outputs).toMatchObject({ result: { count: 3, file: "out.txt" }, file: { file: "out.txt" } });
    const child = await project.showRun(ended.started[0]?.id ?? "");
    expect(child.workflow.id).toBe(typed.id);
    const shown = await project.api(showWorkflowContract, { params: { project: project.id, workflow: caller.id } });
    expect(JSON.stringify([ended, child, shown])).not.toContain(secret);
    expect(await rawHistoryOf(project.id, child.id)).not.toContain(secret);
  });

  it("is checked against what the other workflow takes before it is deployed", async () => {
    const issuesOf = async (more: Record<string, unknown>) => {
      const steps = { other: { use: "run-workflow", with: { workflow: "Worker", ...more } } };
      const refused = await refusal(project.deployManual({ name: "Wrong", inputs: { when: "object" }, steps }));
      return refused.issues.map(({ path, message }) => [path.replace("nodes.other.inputs.", ""), message]);
    };
    expect(await issuesOf({})).toEqual([["input.text", expect.stringMatching(/needs a value for “text”/)]]);
    expect(await issuesOf({ "input.text": "=api.when", input: { text: "abc" } })).toEqual([
      ["input.text", expect.stringMatching(/“text” is a string, but api.when is an object/)],
    ]);
  });

  it("in a circle is stopped after ten runs, with the reason at each", async () => {
    const { id } = await project.deployManual({
      name: "Circle",
      inputs: { self: "string" },
      steps: { again: { use: "run-workflow", with: { workflow: "=api.self", input: { self: "Circle" } } } },
    });
    const first = await project.start(id, { self: "Circle" }, 60);
    expect(first.error?.message).toMatch(/10 runs have started each other in a row.*circle/);
    const runs = await runsOfWorkflow(project, id);
    expect([runs.length, new Set(runs.map(({ state }) => state))]).toEqual([11, new Set(["failed"])]);
  });

  it("must name one that there is, and that is live", async () => {
    const steps = { other: { use: "run-workflow", with: { workflow: "Nobody" } } };
    const error = await refusal(project.deployManual({ name: "To nobody", steps }));
    expect(error.issues[0]).toMatchObject({ path: "nodes.other.inputs.workflow", message: /There is no workflow/ });
  });
});

describe("a trigger after a workflow", () => {
  const file = (name: string, settings: Record<string, unknown>) =>
    triggerFile("workflow-end", settings, { name, results: { state: "api.state", result: "api.result" } });
  const follow = (name: string, settings: Record<string, unknown>) => project.deploy(file(name, settings));
  const runsAfter = async (workflow: string, ended: string) =>
    (await runsOfWorkflow(project, workflow)).filter((run) => run.startedBy?.id === ended);

  let lab: ClockLab;
  beforeAll(async () => {
    lab = await ClockLab.open(project);
  });
  afterAll(() => lab.close());

  it("starts one run for each end that it wants, with what came of the run", async () => {
    const all = await follow("After all", { workflow: "Worker" });
    const failed = await follow("After failures", { workflow: worker.id, completed: false, canceled: false });
    const good = await project.start(worker.id, { text: "abc" }, 20);
    const bad = await project.start(worker.id, { text: "broken" }, 20);
    const [told] = await until("the failure was told of", async () => {
      const runs = await runsAfter(failed.id, bad.id);
      return runs.length > 0 && runs;
    });
    expect(told?.inputs).toMatchObject({
      run_id: bad.id,
      state: "failed",
      workflow: "Worker",
      workflow_id: worker.id,
      error: "it is broken",
      result: {},
      file: null,
    });
    const [after] = await until("the success was told of", async () => {
      const runs = await runsAfter(all.id, good.id);
      return runs.length > 0 && runs;
    });
    expect(after).toMatchObject({
      source: "workflow_end",
      startedBy: { id: good.id, node: null },
      inputs: { state: "completed", error: null, result: { text: "ABC", file: "out.txt" }, file: { file: "out.txt" } },
    });
    expect(await runsAfter(failed.id, good.id)).toEqual([]);
    expect((await project.showRun(good.id)).started).toMatchObject([{ workflow: { id: all.id }, node: null }]);
    expect(await eventsOf(failed.id)).toMatchObject([{ kind: "workflow_end", identity: bad.id, outcome: "started" }]);
  });

  it("is told once of what a crash kept from it, unless too many runs have started each other", async () => {
    const ended = await project.start(worker.id, { text: "before" }, 20);
    const deep = await project.start(worker.id, { text: "deep" }, 20);
    const late = await follow("Comes late", { workflow: "Worker" });
    const sql = connectAsApplication();
    const mark = (run: string, depth: number) =>
      withProjects(
        sql,
        [project.id],
        (tx) =>
          tx`update runs set is_followed = true, depth = ${depth}, finished_at = now() - interval '1 minute' where id = ${run}`,
      );
    for (const depth of [9, 9]) {
      await mark(ended.id, depth);
      await lab.reconcile();
    }
    await mark(deep.id, 10);
    await lab.reconcile();
    await sql.end();
    expect(await runsAfter(late.id, ended.id)).toHaveLength(1);
    expect(await runsAfter(late.id, deep.id)).toEqual([]);
    const [event] = await eventsOf(late.id);
    expect(event).toMatchObject({ identity: deep.id, outcome: "limited", reason: expect.stringMatching(/circle/) });
  });

  it("of all workflows is not told of itself, of tests, nor of runs that such a trigger started", async () => {
    const quiet = await project.deployManual({ name: "Quiet" });
    const first = await follow("Any one", {});
    const second = await follow("Any other", {});
    await project.api(testDraftContract, {
      params: { project: project.id, workflow: quiet.id },
      body: { waitSeconds: 20 },
    });
    const ended = await project.start(quiet.id, {}, 20);
    for (const { id } of [first, second])
      await until("it was told", async () => (await runsAfter(id, ended.id)).length === 1);
    const runs = [...(await runsOfWorkflow(project, first.id)), ...(await runsOfWorkflow(project, second.id))];
    for (const run of runs) await project.endedRun(run.id);
    await lab.reconcile();
    expect((await runsOfWorkflow(project, first.id)).map(({ startedBy }) => startedBy?.id)).toEqual([ended.id]);
    expect((await runsOfWorkflow(project, second.id)).map(({ startedBy }) => startedBy?.id)).toEqual([ended.id]);
  });

  it("is refused after itself, after nobody, and without an end to wait for", async () => {
    const refused = async (name: string, settings: Record<string, unknown>) =>
      (await refusal(follow(name, settings))).issues.map(({ path, message }) => [path, message]);
    expect(await refused("Selfish", { workflow: "Selfish" })).toEqual([
      ["nodes.api.inputs.workflow", expect.stringContaining("started by its own end: “Selfish” → “Selfish”")],
    ]);
    expect(await refused("Lonely", { workflow: "Nobody" })).toEqual([
      ["nodes.api.inputs.workflow", expect.stringContaining("There is no workflow “Nobody”")],
    ]);
    const never = { workflow: "Worker", completed: false, failed: false, canceled: false };
    expect(await refused("Never", never)).toEqual([
      ["nodes.api.inputs.completed", expect.stringContaining("at least one")],
    ]);
  });
});
