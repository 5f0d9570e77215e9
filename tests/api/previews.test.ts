import { beforeAll, describe, expect, it } from "vitest";
import { deleteActionContract } from "@/lib/actions/contract";
import {
  createWorkflowContract,
  deployWorkflowContract,
  importWorkflowContract,
  previewDeploymentContract,
  previewRollbackContract,
} from "@/lib/workflows/contract";
import { type Definition, definitionSchema, emptyDefinition } from "@/lib/workflows/definition/schema";
import { refusal } from "../support/checked";
import { updateDraft, withoutResults } from "../support/drafts";
import { TestProject } from "../support/project";
import { echoFile, endpointFile } from "../support/workflow-file";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const at = (workflow: string) => ({ project: project.id, workflow });
const preview = (id: string) => project.api(previewDeploymentContract, { params: at(id) });
const draftOf = async (path: string) =>
  (await project.api(importWorkflowContract, { query: {}, body: echoFile(path) })).id;
const update = (id: string, change: (definition: Definition) => Definition) => updateDraft(project, id, change);

describe("what deploying would change", () => {
  it.concurrent("is everything, the first time", async () => {
    const id = await draftOf("/first-time");
    expect(await preview(id)).toMatchObject({
      live: null,
      valid: true,
      steps: [{ kind: "added", node: "api" }],
      contract: [{ isBreaking: false, message: "POST /first-time is new." }],
    });
  });

  it.concurrent("is nothing once it is live, and what breaks callers after an edit", async () => {
    const { id } = await project.deploy(echoFile("/then"));
    expect(await preview(id)).toMatchObject({ live: 1, steps: [], results: false, contract: [] });
    const { revision } = await update(id, withoutResults);
    expect(await preview(id)).toMatchObject({
      revision,
      results: true,
      contract: [{ isBreaking: true, message: "The answer no longer has text." }],
    });
  });

  it.concurrent("is told of a draft that cannot be deployed, too", async () => {
    const { id } = await project.deploy(echoFile("/now-broken"));
    await update(id, () => emptyDefinition);
    const told = await preview(id);
    expect([told.valid, told.contract]).toEqual([
      false,
      [{ isBreaking: true, message: "POST /now-broken is gone: its callers are answered 404." }],
    ]);
  });

  it.concurrent("is told of a webhook, whose senders have an address too", async () => {
    const hook = (path: string) =>
      definitionSchema.parse({
        nodes: [{ id: "hook", action: { id: "webhook", version: "1.0" }, inputs: { path: { static: path } } }],
      });
    const { id } = await project.api(createWorkflowContract, { body: { name: "Hook", definition: hook("/hooks/a") } });
    await project.api(deployWorkflowContract, { params: at(id), body: {} });
    expect((await preview(id)).contract).toEqual([]);
    await update(id, () => hook("/hooks/b"));
    expect((await preview(id)).contract).toEqual([
      { isBreaking: true, message: expect.stringContaining("POST /hooks/a becomes POST /hooks/b") },
    ]);
  });

  it.concurrent("is not deployed once the draft has moved on", async () => {
    const id = await draftOf("/previewed");
    const { revision } = await preview(id);
    await update(id, withoutResults);
    const deploy = (body: { revision: number }) => project.api(deployWorkflowContract, { params: at(id), body });
    expect((await refusal(deploy({ revision }))).code).toBe("conflict");
    expect((await deploy({ revision: revision + 1 })).state).toBe("live");
  });
});

describe("what going back to a version would change", () => {
  const previewVersion = (id: string, version: number) =>
    project.api(previewDeploymentContract, { params: at(id), query: { version } });
  const previewRollback = (id: string) => project.api(previewRollbackContract, { params: at(id) });
  const deploy = (id: string) => project.api(deployWorkflowContract, { params: at(id), body: {} });

  it.concurrent("is told for its callers, whatever the draft has become", async () => {
    const { id } = await project.deploy(echoFile("/went-back"));
    expect((await refusal(previewRollback(id))).code).toBe("conflict");
    await update(id, withoutResults);
    await deploy(id);
    await update(id, () => emptyDefinition);
    const told = await previewRollback(id);
    expect(told).toMatchObject({ version: 1, live: 2, valid: true, problems: [], results: true, steps: [] });
    expect(told.contract).toEqual([{ isBreaking: false, message: "The answer also has text." }]);
    expect(await previewVersion(id, 1)).toEqual(told);
    expect(await previewVersion(id, 2)).toMatchObject({ version: 2, live: 2, results: false, contract: [] });
    await project.api(deployWorkflowContract, { params: at(id), body: { version: 1 } });
    expect(await previewVersion(id, 2)).toMatchObject({
      live: 1,
      contract: [{ isBreaking: true, message: "The answer no longer has text." }],
    });
    expect((await refusal(previewVersion(id, 3))).code).toBe("not_found");
  });

  it.concurrent("is told with what keeps it from going live", async () => {
    const code = "def handle(i): return {'n': 1}\n";
    await project.pushCode({ id: "short-lived", outputs: { n: "integer" }, code });
    const file = endpointFile({ path: "/was-mine", steps: { only: { use: "short-lived" } } });
    const { id } = await project.deploy(file);
    await update(id, ({ nodes: [trigger], ...rest }) => ({
      ...rest,
      nodes: trigger ? [{ ...trigger, inputs: { ...trigger.inputs, path: { static: "/moved-away" } } }] : [],
      edges: [],
    }));
    await deploy(id);
    await project.api(deleteActionContract, { params: { project: project.id, action: "short-lived", version: "1.0" } });
    await project.deploy(echoFile("/was-mine", "The new owner"));
    const { valid, problems } = await previewRollback(id);
    expect([valid, problems]).toEqual([
      false,
      [
        {
          code: "210",
          severity: "error",
          path: "nodes.only",
          message: "short-lived@1.0 was deleted from the library.",
        },
        expect.objectContaining({
          code: "205",
          path: "nodes.api.inputs.path",
          message: expect.stringContaining("owner"),
        }),
      ],
    ]);
  });
});
