import { beforeAll, describe, expect, it } from "vitest";
import {
  deployWorkflowContract,
  exportWorkflowContract,
  importWorkflowContract,
  showWorkflowContract,
  updateWorkflowContract,
} from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { manualFile } from "../support/workflow-file";
import { zipOf } from "../support/zip";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "read-file",
      inputs: { file: "file", folder: { type: "directory", optional: true } },
      outputs: { text: "string" },
      code: "import os\ndef handle(i): return {'text': open(i['file']).read() + ' from ' + os.path.basename(i['file'])}\n",
    },
    {
      id: "measure",
      inputs: { secret: "password" },
      outputs: { length: "integer" },
      code: "def handle(i): return {'length': len(i['secret'])}\n",
    },
  );
});

const importFile = (body: BodyInit) => project.api(importWorkflowContract, { body });
const deploy = (workflow: string) =>
  project.api(deployWorkflowContract, { params: { project: project.id, workflow }, body: {} });
const outputsOf = async (workflow: string) =>
  (await project.endedRun((await project.start(workflow, {}, 20)).id)).outputs;

describe("a workflow with files", () => {
  const file = manualFile({
    name: "With files",
    steps: { read: { use: "read-file", with: { file: { file: "files/ü map.csv" } } } },
    results: { text: "read.text" },
  });

  it("comes as a zip, runs, goes out as a zip, and comes in again", async () => {
    const first = await importFile(
      new Blob([await zipOf({ "workflow.yaml": file, "files/ü map.csv": "a,b", "notes.txt": "x" })]),
    );
    await deploy(first.id);
    expect(await outputsOf(first.id)).toEqual({ text: "a,b from ü map.csv" });
    const exported = await project.raw(exportWorkflowContract, { params: { project: project.id, workflow: first.id } });
    expect(exported.headers.get("content-type")).toBe("application/zip");
    const second = await importFile(await exported.blob());
    await deploy(second.id);
    expect(second.definition).toEqual(first.definition);
    expect(await outputsOf(second.id)).toEqual({ text: "a,b from ü map.csv" });
  });

  it("is refused without them, and so is an archive that climbs", async () => {
    const missing = await refusal(importFile(file));
    expect(missing.issues.map(({ code, message }) => [code, message])).toContainEqual([
      "105",
      expect.stringContaining("files/ü map.csv did not come with the workflow"),
    ]);
    const none = await refusal(importFile(new Blob([await zipOf({ "readme.txt": "x" })])));
    expect([none.status, none.message]).toEqual([422, "The archive holds no workflow.yaml."]);
  });
});

describe("a password in a workflow", () => {
  const file = manualFile({
    name: "With a password",
    steps: { measure: { use: "measure", with: { secret: "hunter2-is-long" } } },
    results: { length: "measure.length" },
  });

  it("is kept when the draft is saved without it, changed when it is given, and lost in a copy", async () => {
    const { id } = await importFile(file);
    await deploy(id);
    expect(await outputsOf(id)).toEqual({ length: 15 });
    const params = { project: project.id, workflow: id };
    const shown = await project.api(showWorkflowContract, { params });
    expect(shown.definition.nodes[1]?.inputs).toEqual({ secret: { sealed: true } });
    // Saved as it was shown.
    await project.api(updateWorkflowContract, { params, body: { definition: shown.definition } });
    await deploy(id);
    expect(await outputsOf(id)).toEqual({ length: 15 });
    const [start, measure] = shown.definition.nodes;
    if (!start || !measure) throw new Error("The workflow lost its steps.");
    const changed = { ...shown.definition, nodes: [start, { ...measure, inputs: { secret: { static: "short" } } }] };
    const saved = await project.api(updateWorkflowContract, { params, body: { definition: changed } });
    expect(saved.definition.nodes[1]?.inputs).toEqual({ secret: { sealed: true } });
    await deploy(id);
    expect(await outputsOf(id)).toEqual({ length: 5 });
    const exported = await (await project.raw(exportWorkflowContract, { params })).text();
    expect(exported).toContain("# Passwords are left out: measure.secret");
    const copy = await importFile(exported);
    expect(copy.definition.nodes[1]?.inputs).toEqual({ secret: { static: "" } });
  });
});

it("a run goes on with the version that it was started with", async () => {
  await project.pushCode({
    id: "slow-echo",
    inputs: { text: "string" },
    outputs: { text: "string" },
    code: "import time\ndef handle(i):\n    time.sleep(1.5)\n    return {'text': i['text']}\n",
  });
  const fileOf = (text: string) =>
    manualFile({
      name: "Versions",
      steps: { echo: { use: "slow-echo", with: { text } } },
      results: { text: "echo.text" },
    });
  const { id, definition } = await importFile(fileOf("old"));
  await deploy(id);
  const old = await project.start(id);
  const changed = (await importFile(fileOf("new"))).definition;
  expect(changed).not.toEqual(definition);
  await project.api(updateWorkflowContract, {
    params: { project: project.id, workflow: id },
    body: { definition: changed },
  });
  await deploy(id);
  const young = await project.start(id);
  expect([(await project.endedRun(old.id)).outputs, (await project.endedRun(young.id)).outputs]).toEqual([
    { text: "old" },
    { text: "new" },
  ]);
  expect([old.version, young.version]).toEqual([1, 2]);
});
