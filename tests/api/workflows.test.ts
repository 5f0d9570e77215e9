import { beforeAll, describe, expect, it } from "vitest";
import {
  checkWorkflowContract,
  cloneWorkflowContract,
  createWorkflowContract,
  deleteWorkflowContract,
  deployWorkflowContract,
  exportWorkflowContract,
  importWorkflowContract,
  listWorkflowsContract,
  rollbackWorkflowContract,
  showWorkflowContract,
  stopWorkflowContract,
  updateWorkflowContract,
} from "@/lib/workflows/contract";
import { type Definition, emptyDefinition } from "@/lib/workflows/definition/schema";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { echoFile, endpointFile, manualFile } from "../support/workflow-file";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const at = (workflow: string) => ({ project: project.id, workflow });
const show = (id: string) => project.api(showWorkflowContract, { params: at(id) });
const deploy = (id: string, version?: number) =>
  project.api(deployWorkflowContract, { params: at(id), body: version === undefined ? {} : { version } });
const importFile = (body: string, query: { deploy?: boolean; force?: boolean } = {}) =>
  project.api(importWorkflowContract, { query, body });

describe("a draft", () => {
  it.concurrent("is kept half-done, with everything that is wrong with it", async () => {
    const created = await project.api(createWorkflowContract, { body: { name: "Half-done" } });
    expect(created).toMatchObject({ state: "draft", version: null, endpoint: null, revision: 1, versions: [] });
    expect(created.problems.map((problem) => problem.code)).toEqual(["2"]);
    const error = await refusal(deploy(created.id));
    expect([error.status, error.code, error.issues]).toEqual([422, "invalid_definition", created.problems]);
    expect((await show(created.id)).state).toBe("draft");
  });

  it.concurrent("is changed only by who knows its revision", async () => {
    const { id, revision } = await project.api(createWorkflowContract, { body: { name: "Edited" } });
    const change = (body: { revision: number; description: string; definition?: Definition }) =>
      project.api(updateWorkflowContract, { params: at(id), body });
    const changed = await change({ revision, description: "", definition: { ...emptyDefinition } });
    expect(changed).toMatchObject({ name: "Edited", revision: revision + 1 });
    const error = await refusal(change({ revision, description: "late" }));
    expect([error.status, error.code, error.issues[0]?.path]).toEqual([409, "conflict", "body.revision"]);
    expect((await show(id)).description).toBe("");
  });

  it.concurrent("must have the shape of a definition", async () => {
    const definition = { nodes: [{ id: "has blanks", action: { id: "x", version: "1" } }], edges: [{ from: "a" }] };
    const body = { name: "Misshapen", definition } as never;
    const error = await refusal(project.api(createWorkflowContract, { body }));
    expect(error.issues.map((issue) => issue.path)).toEqual([
      "body.definition.nodes.0.id",
      "body.definition.edges.0.to",
    ]);
  });
});

describe("deploying", () => {
  it.concurrent("numbers versions, and makes none where nothing has changed", async () => {
    const first = await importFile(echoFile("/numbered"), { deploy: true });
    expect(first).toMatchObject({ state: "live", version: 1 });
    expect(first.endpoint).toEqual({
      method: "POST",
      path: "/numbered",
      url: `${project.url}/user-api/${project.id}/numbered`,
    });
    expect((await deploy(first.id)).version).toBe(1);
    const changed = { ...first.definition, results: { kind: "json" as const, entries: [] } };
    await project.api(updateWorkflowContract, { params: at(first.id), body: { definition: changed } });
    expect((await deploy(first.id)).version).toBe(2);
    expect((await show(first.id)).versions.map(({ number, live }) => [number, live])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  it.concurrent("goes to an earlier version and back, stops, and starts again", async () => {
    const { id, definition } = await importFile(echoFile("/back-and-forth"), { deploy: true });
    const second = { ...definition, results: { kind: "json" as const, entries: [] } };
    await project.api(updateWorkflowContract, { params: at(id), body: { definition: second } });
    await deploy(id);
    const answer = async () => (await project.post("/back-and-forth", { text: "hi" })).json();
    expect(await answer()).toEqual({});
    expect((await project.api(rollbackWorkflowContract, { params: at(id) })).version).toBe(1);
    expect(await answer()).toEqual({ text: "hi" });
    expect((await refusal(project.api(rollbackWorkflowContract, { params: at(id) }))).code).toBe("conflict");
    expect((await deploy(id, 2)).version).toBe(2);
    expect(await answer()).toEqual({});
    const stopped = await project.api(stopWorkflowContract, { params: at(id), body: {} });
    expect(stopped).toMatchObject({ state: "stopped", version: 2, endpoint: null });
    expect((await project.post("/back-and-forth", { text: "hi" })).status).toBe(404);
    expect((await refusal(project.api(stopWorkflowContract, { params: at(id), body: {} }))).code).toBe("conflict");
    expect((await project.api(rollbackWorkflowContract, { params: at(id) })).version).toBe(2);
    expect(await answer()).toEqual({});
  });

  it.concurrent("refuses an endpoint that another live workflow has, until that is stopped", async () => {
    const first = await importFile(endpointFile({ path: "/clash/{a}", inputs: { a: "string" } }), { deploy: true });
    const file = endpointFile({ path: "clash//{b}/", inputs: { b: "string" } });
    const error = await refusal(importFile(file, { deploy: true }));
    expect([error.status, error.code, error.issues.map((issue) => issue.code)]).toEqual([409, "conflict", ["205"]]);
    // Another method is another endpoint.
    await importFile(endpointFile({ path: "/clash/{b}", method: "PUT", inputs: { b: "string" } }), { deploy: true });
    await project.api(stopWorkflowContract, { params: at(first.id), body: {} });
    expect((await importFile(file, { deploy: true })).state).toBe("live");
  });

  it.concurrent("answers 404 for a version that is not there", async () => {
    const { id } = await importFile(echoFile("/one-version"), { deploy: true });
    expect((await refusal(deploy(id, 7))).code).toBe("not_found");
  });
});

describe("deleting", () => {
  it.concurrent("waits for the workflow to be stopped, and takes versions and runs with it", async () => {
    const { id } = await importFile(echoFile("/deleted"), { deploy: true });
    const answer = await project.post("/deleted", { text: "x" });
    const run = answer.headers.get("x-workflow-run-id") ?? "";
    const remove = () => project.api(deleteWorkflowContract, { params: at(id) });
    expect((await refusal(remove())).code).toBe("conflict");
    await project.api(stopWorkflowContract, { params: at(id), body: {} });
    await remove();
    expect((await refusal(show(id))).code).toBe("not_found");
    expect((await refusal(project.showRun(run))).code).toBe("not_found");
    const { items } = await project.api(listWorkflowsContract);
    expect(items.map((item) => item.id)).not.toContain(id);
  });
});

describe("files", () => {
  it.concurrent("are checked without being imported", async () => {
    const check = (body: string) => project.api(checkWorkflowContract, { body });
    expect(await check(echoFile("/only-checked"))).toEqual({ valid: true, problems: [] });
    const invalid = await check(endpointFile({ path: "/only-checked", steps: { missing: { use: "no-such-action" } } }));
    expect(invalid.valid).toBe(false);
    expect(invalid.problems.map((problem) => problem.code)).toContain("210");
    expect(await check("{ this is not: yaml")).toMatchObject({ valid: false });
    const empty = await refusal(check(""));
    expect([empty.status, empty.message]).toEqual([400, "Send the workflow file in the request's body."]);
    const names = (await project.api(listWorkflowsContract)).items.map((item) => item.name);
    expect(names).not.toContain("/only-checked");
  });

  it.concurrent("naming a missing action are refused, or kept as an invalid draft when forced", async () => {
    const file = endpointFile({ name: "Forced", path: "/forced", steps: { gone: { use: "no-such-action@1.0" } } });
    const error = await refusal(importFile(file));
    expect([error.status, error.code]).toEqual([422, "invalid_definition"]);
    expect(error.issues[0]).toMatchObject({ path: "workflow.yaml", code: "210" });
    expect(error.issues[0]?.line).toBeGreaterThan(1);
    const kept = await importFile(file, { force: true });
    expect(kept.state).toBe("draft");
    expect(kept.problems.map((problem) => problem.code)).toContain("210");
  });

  it.concurrent("come out as they went in", async () => {
    const { id, definition } = await importFile(echoFile("/exported"), { deploy: true });
    const exported = await project.raw(exportWorkflowContract, { params: at(id) });
    expect(exported.headers.get("content-type")).toMatch(/^application\/yaml/);
    expect(exported.headers.get("content-disposition")).toMatch(/^attachment; filename=".*\.yaml"$/);
    const text = await exported.text();
    const again = await importFile(text);
    expect(again.definition).toEqual(definition);
    const old = await project.raw(exportWorkflowContract, { params: at(id), query: { version: 1 } });
    expect(await old.text()).toBe(text);
    const missing = refusal(project.raw(exportWorkflowContract, { params: at(id), query: { version: 9 } }));
    expect((await missing).code).toBe("not_found");
  });

  it.concurrent("beyond the limit are refused", async () => {
    const error = await refusal(importFile(`# ${"x".repeat(5 * 1024 * 1024)}`));
    expect([error.status, error.code]).toEqual([413, "payload_too_large"]);
  });

  it.concurrent("beyond the limit are not read to their end", async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(35);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++sent > 500) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const error = await refusal(importFile(body as never));
    expect([error.status, error.code]).toEqual([413, "payload_too_large"]);
    expect(sent).toBeLessThan(200);
  });
});

describe("tags", () => {
  it("come with a file, are changed and exported, each once and in order", async () => {
    const file = echoFile("/tagged").replace("spec:", "spec:\n  tags: [nightly, billing, nightly]");
    const { id, tags, revision } = await importFile(file);
    expect(tags).toEqual(["billing", "nightly"]);
    const body = { tags: [" weather ", "billing"] };
    const changed = await project.api(updateWorkflowContract, { params: at(id), body });
    expect([changed.tags, changed.revision]).toEqual([["billing", "weather"], revision]);
    const { items } = await project.api(listWorkflowsContract, {});
    expect(items.find((item) => item.id === id)?.tags).toEqual(["billing", "weather"]);
    const exported = await project.raw(exportWorkflowContract, { params: at(id), query: {} });
    expect((await importFile(await exported.text())).tags).toEqual(["billing", "weather"]);
  });

  it("are refused where they could not be typed", async () => {
    const { id } = await importFile(echoFile("/tags-refused"));
    for (const tags of [["a,b"], [" "], ["x".repeat(41)], Array.from({ length: 21 }, (_, index) => `t${index}`)]) {
      const error = await refusal(project.api(updateWorkflowContract, { params: at(id), body: { tags } }));
      expect([error.status, error.issues[0]?.path]).toEqual([422, expect.stringMatching(/^body\.tags/)]);
    }
    const file = echoFile("/tags-refused").replace("spec:", "spec:\n  tags: billing");
    const { issues } = await refusal(importFile(file));
    expect(issues).toMatchObject([{ line: 4, message: expect.stringContaining("tags must be a list") }]);
  });
});

describe("a clone", () => {
  it("is a draft of its own, with the passwords and tags of what it was made from", async () => {
    await project.pushCode({
      id: "whisper",
      inputs: { key: "password" },
      outputs: { length: "integer" },
      code: "def handle(i): return {'length': len(i['key'])}\n",
    });
    const spec = { inputs: {}, steps: { whisper: { use: "whisper", with: { key: "hunter2" } } } };
    const original = await project.deploy(
      manualFile({ name: "Whisper", ...spec, results: { length: "whisper.length" } }),
    );
    await project.api(updateWorkflowContract, { params: at(original.id), body: { tags: ["quiet"] } });
    const clone = (name?: string) =>
      project.api(cloneWorkflowContract, { params: at(original.id), body: name === undefined ? {} : { name } });
    const copy = await clone();
    expect(copy).toMatchObject({ name: "Whisper (copy)", state: "draft", version: null, tags: ["quiet"], valid: true });
    expect(copy.definition).toEqual((await show(original.id)).definition);
    expect((await clone("Louder")).name).toBe("Louder");
    await deploy(copy.id);
    expect((await project.start(copy.id, {}, 30)).outputs).toEqual({ length: 7 });
    expect((await show(original.id)).state).toBe("live");
    const error = await refusal(project.api(cloneWorkflowContract, { params: at("wf_nothing"), body: {} }));
    expect([error.status, error.code]).toEqual([404, "not_found"]);
  });
});
