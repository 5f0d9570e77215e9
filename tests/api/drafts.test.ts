import { beforeAll, describe, expect, it } from "vitest";
import { listRunsContract, testDraftContract } from "@/lib/runs/contract";
import type { StoredInline } from "@/lib/values/stored-schema";
import {
  createWorkflowContract,
  deployWorkflowContract,
  importWorkflowContract,
  showWorkflowContract,
  showWorkflowVersionContract,
  uploadWorkflowFileContract,
} from "@/lib/workflows/contract";
import { type Definition, definitionSchema } from "@/lib/workflows/definition/schema";
import { issuesByPath, refusal } from "../support/checked";
import { updateDraft, withoutResults } from "../support/drafts";
import { TestProject } from "../support/project";
import { echoFile } from "../support/workflow-file";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const at = (workflow: string) => ({ project: project.id, workflow });
const show = (id: string) => project.api(showWorkflowContract, { params: at(id) });
const draftOf = async (path: string) =>
  (await project.api(importWorkflowContract, { query: {}, body: echoFile(path) })).id;
const update = (id: string, change: (definition: Definition) => Definition) => updateDraft(project, id, change);

describe("a test of a draft", () => {
  const run = (id: string, body: { input?: Record<string, string>; revision?: number } = {}) =>
    project.api(testDraftContract, { params: at(id), body: { input: { text: "hello" }, waitSeconds: 20, ...body } });

  it.concurrent("runs it as it stands, and deploys nothing", async () => {
    const id = await draftOf("/tried");
    const ended = await run(id);
    expect(ended).toMatchObject({ state: "completed", version: null, source: "test", outputs: { text: "hello" } });
    expect(await show(id)).toMatchObject({ state: "draft", version: null, versions: [], live: null });
    expect((await project.post("/tried", { text: "x" })).status).toBe(404);
    const { items } = await project.api(listRunsContract, { query: { workflow: id } });
    expect(items.map((item) => [item.id, item.version])).toEqual([[ended.id, null]]);
  });

  it.concurrent("follows its edits, while the live version goes on", async () => {
    const { id } = await project.deploy(echoFile("/tried-on"));
    await update(id, withoutResults);
    expect((await run(id)).outputs).toEqual({});
    expect(await (await project.post("/tried-on", { text: "live" })).json()).toMatchObject({ text: "live" });
    const deployed = await project.api(deployWorkflowContract, { params: at(id), body: {} });
    expect(deployed.version).toBe(2);
    expect((await show(id)).versions.map(({ number }) => number)).toEqual([2, 1]);
  });

  it.concurrent("is no matter of a path that another workflow answers", async () => {
    await project.deploy(echoFile("/taken-by-another"));
    const id = await draftOf("/taken-by-another");
    expect((await show(id)).valid).toBe(false);
    expect((await run(id)).state).toBe("completed");
  });

  it.concurrent("is refused where it could not be run, with every problem", async () => {
    const { id, problems } = await project.api(createWorkflowContract, { body: { name: "Nothing" } });
    const error = await refusal(run(id));
    expect([error.status, error.code, error.issues]).toEqual([422, "invalid_definition", problems]);
  });

  it.concurrent("is refused when the draft is no longer the one that is meant", async () => {
    const id = await draftOf("/moved-on");
    const { revision } = await update(id, withoutResults);
    const error = await refusal(run(id, { revision: revision - 1 }));
    expect([error.status, error.code, error.issues[0]?.path]).toEqual([409, "conflict", "body.revision"]);
    expect((await run(id, { revision })).state).toBe("completed");
  });

  it.concurrent("checks what it is given", async () => {
    const error = await refusal(run(await draftOf("/checked"), { input: {} }));
    expect(error.issues).toEqual([{ path: "body.input.text", message: "is required" }]);
  });
});

describe("a version", () => {
  const version = (id: string, number: number) =>
    project.api(showWorkflowVersionContract, { params: { ...at(id), version: number } });

  it.concurrent("is shown as it was published", async () => {
    const { id, definition } = await project.deploy(echoFile("/history"));
    await update(id, withoutResults);
    expect(await version(id, 1)).toMatchObject({ number: 1, live: true, definition });
    expect((await refusal(version(id, 2))).status).toBe(404);
  });
});

describe("a file for a draft", () => {
  const upload = (id: string, name: string, body: string) =>
    project.api(uploadWorkflowFileContract, { params: at(id), query: { name }, body });

  it.concurrent("is stored, and an input can be set to it", async () => {
    await project.pushCode({
      id: "read-it",
      inputs: { file: "file" },
      outputs: { text: "string" },
      code: "def handle(i): return {'text': open(i['file']).read()}\n",
    });
    const definition = definitionSchema.parse({
      nodes: [
        { id: "start", action: { id: "manual", version: "1.0" } },
        { id: "read", action: { id: "read-it", version: "1.0" } },
      ],
      edges: [{ from: "start", to: "read" }],
      results: { kind: "json", entries: [{ key: "text", node: "read", output: "text" }] },
    });
    const { id } = await project.api(createWorkflowContract, { body: { name: "Reads", definition } });
    const file = await upload(id, "..\\notes/today.txt", "rain");
    expect(file).toMatchObject({ name: "today.txt", size: 4 });
    await update(id, (draft) => ({
      ...draft,
      nodes: draft.nodes.map((node) => (node.id === "read" ? { ...node, inputs: { file: { file } } } : node)),
    }));
    const run = await project.api(testDraftContract, { params: at(id), body: { waitSeconds: 20 } });
    expect(run.outputs).toEqual({ text: "rain" });
  });

  it.concurrent("is what a run is started with, where it is still there and what the input takes", async () => {
    const trigger = { id: "start", action: { id: "manual", version: "1.0" } };
    const dynamicOutputs = [
      { name: "note", type: "file" },
      { name: "folder", type: "directory", optional: true },
    ];
    const definition = definitionSchema.parse({
      nodes: [{ ...trigger, dynamicOutputs }],
      edges: [],
      results: { kind: "json", entries: [{ key: "note", node: "start", output: "note" }] },
    });
    const { id } = await project.api(createWorkflowContract, { body: { name: "Takes a note", definition } });
    const note = await upload(id, "today.txt", "rain");
    const test = (input: Record<string, StoredInline>) =>
      project.api(testDraftContract, { params: at(id), body: { input, waitSeconds: 20 } });
    const run = await test({ note });
    expect([run.state, run.outputs]).toEqual(["completed", { note: expect.objectContaining({ file: "today.txt" }) }]);
    const gone = { ...note, blob: "0".repeat(64) };
    expect(issuesByPath(await refusal(test({ note: gone })))).toEqual({
      "body.input.note": "is no longer stored: upload the file again",
    });
    const stranger = await TestProject.create();
    const theirs = await stranger.api(importWorkflowContract, { body: echoFile("/theirs") });
    const foreign = await stranger.api(uploadWorkflowFileContract, {
      params: { project: stranger.id, workflow: theirs.id },
      query: { name: "theirs.txt" },
      body: "only theirs",
    });
    expect(issuesByPath(await refusal(test({ note: foreign, folder: note })))).toEqual({
      "body.input.note": "is no longer stored: upload the file again",
      "body.input.folder": "must be a folder, as a zip",
    });
  });

  it.concurrent("has a name, and a limit", async () => {
    const id = await draftOf("/with-files");
    expect((await refusal(upload(id, "", "x"))).status).toBe(422);
    const large = "x".repeat(64 * 1024 * 1024 + 1);
    expect((await refusal(upload(id, "large", large))).code).toBe("payload_too_large");
  });
});
