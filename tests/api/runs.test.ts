import { beforeAll, describe, expect, it } from "vitest";
import {
  cancelRunContract,
  deleteRunContract,
  listRunsContract,
  type RunDetail,
  readRunValueContract,
  replayRunContract,
  startRunContract,
} from "@/lib/runs/contract";
import { runLogsContract } from "@/lib/runs/logs/contract";
import type { StoredInline } from "@/lib/values/stored-schema";
import { importWorkflowContract } from "@/lib/workflows/contract";
import { issuesByPath, refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { until } from "../support/wait";
import { manualFile } from "../support/workflow-file";

let project: TestProject;
let greet: string;
let slow: string;

beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "shout",
      inputs: { text: "string", times: "integer" },
      outputs: { loud: "string" },
      code: "def handle(i):\n    for n in range(i['times']): print('line', n)\n    return {'loud': i['text'].upper()}\n",
    },
    { id: "sleep", inputs: { seconds: "float" }, code: "import time\ndef handle(i):\n    time.sleep(i['seconds'])\n" },
    {
      id: "big",
      outputs: { text: "longstring", file: "file" },
      code: "def handle(i):\n    open('note.txt', 'w').write('a note')\n    return {'text': 'x' * 100_000, 'file': 'note.txt'}\n",
    },
  );
  greet = (
    await project.deployManual({
      name: "Shout",
      inputs: { text: "string" },
      steps: {
        first: { use: "shout", with: { text: "=api.text", times: 3 } },
        second: { use: "shout", with: { text: "=first.loud", times: 0 }, after: ["first"] },
      },
      results: { loud: "second.loud" },
    })
  ).id;
  slow = (await project.deployManual({ name: "Slow", steps: { sleep: { use: "sleep", with: { seconds: 60 } } } })).id;
});

const of = (run: string) => ({ project: project.id, run });
const cancel = (run: string) => project.api(cancelRunContract, { params: of(run) });

describe("starting", () => {
  it.concurrent("answers at once, or with the end when it is waited for", async () => {
    const started = await project.start(greet, { text: "hi" });
    expect(started).toMatchObject({ source: "manual", workflow: { id: greet, name: "Shout" }, version: 1, http: null });
    const ended = await project.start(greet, { text: "hi" }, 20);
    expect(ended).toMatchObject({ state: "completed", outputs: { loud: "HI" }, error: null, inputs: { text: "hi" } });
    expect(ended.steps.map(({ node, kind, state, attempts }) => [node, kind, state, attempts])).toEqual([
      ["api", "trigger", "completed", 1],
      ["first", "action", "completed", 1],
      ["second", "action", "completed", 1],
    ]);
    expect(ended.steps[2]).toMatchObject({
      action: "shout@1.0",
      inputs: { text: "HI", times: 0 },
      outputs: { loud: "HI" },
    });
    expect((await project.endedRun(started.id)).outputs).toEqual({ loud: "HI" });
  });

  it.concurrent.each([
    [{}, { "body.input.text": "is required" }],
    [{ text: 5 }, { "body.input.text": "must be a string" }],
    [{ text: "x", more: 1 }, { "body.input.more": "The workflow's trigger has no output of this name." }],
  ] as [Record<string, StoredInline>, object][])("refuses %j, naming each input", async (input, issues) => {
    const error = await refusal(project.start(greet, input));
    expect([error.status, error.code, issuesByPath(error)]).toEqual([422, "invalid_input", issues]);
  });

  it.concurrent("refuses a wait beyond the limit, a workflow that is not live, and one that is not there", async () => {
    const params = { project: project.id, workflow: greet };
    const tooLong = await refusal(project.api(startRunContract, { params, body: { waitSeconds: 301 } }));
    expect([tooLong.status, Object.keys(issuesByPath(tooLong))]).toEqual([422, ["body.waitSeconds"]]);
    const draft = await project.api(importWorkflowContract, { body: manualFile({ name: "Only a draft" }) });
    expect((await refusal(project.start(draft.id))).code).toBe("conflict");
    expect((await refusal(project.start("wf_nosuch"))).code).toBe("not_found");
  });
});

describe("listing", () => {
  it("pages through all runs, newest first, each once", async () => {
    const { id } = await project.deployManual({ name: "Listed", inputs: { text: "string" } });
    const started: string[] = [];
    for (let count = 0; count < 5; count++) started.unshift((await project.start(id, { text: "x" }, 20)).id);
    const listed: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await project.api(listRunsContract, { query: { workflow: id, limit: 2, cursor } });
      expect(page.items.length).toBeLessThanOrEqual(2);
      listed.push(...page.items.map((run) => run.id));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(listed).toEqual(started);
  });

  it.concurrent("filters by state", async () => {
    const run = await project.start(slow);
    await cancel(run.id);
    const { items } = await project.api(listRunsContract, { query: { workflow: slow, state: "canceled" } });
    expect(items.map((item) => item.id)).toContain(run.id);
    expect(new Set(items.map((item) => item.state))).toEqual(new Set(["canceled"]));
  });

  it.concurrent.each([
    [{ limit: 0 }, "query.limit"],
    [{ limit: 201 }, "query.limit"],
    [{ state: "done" }, "query.state"],
    [{ cursor: "not-a-cursor" }, "query.cursor"],
  ])("refuses %j", async (query, place) => {
    const error = await refusal(project.api(listRunsContract, { query: query as { limit?: number } }));
    expect([error.status, Object.keys(issuesByPath(error))]).toEqual([422, [place]]);
  });
});

describe("logs", () => {
  it.concurrent("come in order, in pages, and by step", async () => {
    const run = await project.start(greet, { text: "hi" }, 20);
    const logs = (query: { limit?: number; cursor?: string; node?: string }) =>
      project.api(runLogsContract, { params: of(run.id), query });
    const first = await logs({ limit: 2 });
    expect(first.items.map(({ node, stream, line }) => [node, stream, line])).toEqual([
      ["first", "stdout", "line 0"],
      ["first", "stdout", "line 1"],
    ]);
    expect(first.ended).toBe(false);
    const rest = await logs({ limit: 2, cursor: first.cursor ?? "" });
    expect([rest.items.map((item) => item.line), rest.ended]).toEqual([["line 2"], true]);
    expect((await logs({ cursor: rest.cursor ?? "" })).items).toEqual([]);
    expect((await logs({ node: "second" })).items).toEqual([]);
    expect((await refusal(logs({ cursor: "not-a-cursor" }))).status).toBe(422);
  });
});

describe("canceling", () => {
  it.concurrent("stops what is executed, is final, and is refused for what is over", async () => {
    const run = await project.start(slow);
    await until("the step runs", async () => (await project.showRun(run.id)).steps[1]?.state === "running");
    const canceled = await cancel(run.id);
    expect(canceled).toMatchObject({ state: "canceled", cancelRequested: true, outputs: null });
    expect(canceled.steps[1]).toMatchObject({ state: "canceled" });
    const error = await refusal(cancel(run.id));
    expect([error.status, error.code]).toEqual([409, "conflict"]);
    expect((await refusal(cancel("WorkflowRun-1700000000-nosuchrun"))).code).toBe("not_found");
  });
});

describe("replaying", () => {
  const replay = (run: RunDetail, from?: string) =>
    project.api(replayRunContract, { params: of(run.id), body: from === undefined ? {} : { from } });

  it.concurrent("runs the same input again, or reuses what came before a step", async () => {
    const run = await project.start(greet, { text: "again" }, 20);
    const whole = await replay(run);
    expect(whole).toMatchObject({ source: "replay", replayOf: run.id, inputs: { text: "again" } });
    const wholeEnd = await project.endedRun(whole.id);
    expect(wholeEnd.outputs).toEqual({ loud: "AGAIN" });
    expect(wholeEnd.steps[1]?.startedAt).not.toBe(run.steps[1]?.startedAt);
    const part = await project.endedRun((await replay(run, "second")).id);
    expect(part.outputs).toEqual({ loud: "AGAIN" });
    expect(part.steps[1]).toEqual(run.steps[1]);
    expect(part.steps[2]?.startedAt).not.toBe(run.steps[2]?.startedAt);
  });

  it.concurrent("refuses a step that is not there, and names those that are", async () => {
    const run = await project.start(greet, { text: "again" }, 20);
    const error = await refusal(replay(run, "third"));
    expect([error.status, error.code]).toEqual([404, "not_found"]);
    expect(error.message).toContain("first, second");
  });
});

describe("deleting", () => {
  it.concurrent("waits for the end, and takes log and values along", async () => {
    const run = await project.start(slow);
    const remove = () => project.api(deleteRunContract, { params: of(run.id) });
    expect((await refusal(remove())).code).toBe("conflict");
    await cancel(run.id);
    await remove();
    expect((await refusal(project.showRun(run.id))).code).toBe("not_found");
    expect((await refusal(project.api(runLogsContract, { params: of(run.id) }))).code).toBe("not_found");
    expect((await refusal(remove())).code).toBe("not_found");
  });
});

describe("values", () => {
  it.concurrent("that are large, or files, are fetched by their links", async () => {
    const { id } = await project.deployManual({ name: "Big", steps: { big: { use: "big" } } });
    const run = await project.start(id, {}, 20);
    const outputs = run.steps[1]?.outputs as {
      text: { large: number; url: string };
      file: { file: string; url: string };
    };
    expect(outputs).toMatchObject({ text: { large: 100_002 }, file: { file: "note.txt", size: 6 } });
    const fetchOf = (url: string) =>
      fetch(project.url + url, { headers: { authorization: `Bearer ${project.admin.token}` } });
    expect(await (await fetchOf(outputs.text.url)).json()).toBe("x".repeat(100_000));
    const file = await fetchOf(outputs.file.url);
    expect(file.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''note.txt");
    expect(file.headers.get("content-security-policy")).toContain("sandbox");
    expect(await file.text()).toBe("a note");
    const params = { ...of(run.id), blob: "0".repeat(64) };
    expect((await refusal(project.raw(readRunValueContract, { params }))).code).toBe("not_found");
    // A blob of the project is not one of every run.
    const other = await project.start(greet, { text: "x" }, 20);
    const blob = outputs.file.url.split("/").at(-1) ?? "";
    expect((await refusal(project.raw(readRunValueContract, { params: { ...of(other.id), blob } }))).code).toBe(
      "not_found",
    );
  });
});
