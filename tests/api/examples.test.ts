import { beforeAll, describe, expect, it } from "vitest";
import { addExampleContract, listExamplesContract } from "@/lib/examples/contract";
import { listRunsContract } from "@/lib/runs/contract";
import { showRunDefinitionContract } from "@/lib/runs/definition/contract";
import { listWorkflowsContract } from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

async function add(example: string): Promise<string> {
  const { id, state, problems } = await project.api(addExampleContract, { params: { project: project.id, example } });
  expect([state, problems]).toEqual(["live", []]);
  return id;
}

const endOf = async (workflow: string) => {
  const { items } = await project.api(listRunsContract, { query: { workflow } });
  return project.endedRun(items[0]?.id ?? "");
};

it("lists what there is, with a body to try each with", async () => {
  const { items } = await project.api(listExamplesContract);
  expect(items.map(({ id, tryWith }) => [id, tryWith !== null])).toEqual([
    ["csv-summary", true],
    ["morning-report", false],
    ["alert-watch", true],
  ]);
});

describe("each example works as it stands:", () => {
  const tryWith = async (id: string) =>
    (await project.api(listExamplesContract)).items.find((example) => example.id === id)?.tryWith;

  it("the CSV is summarised", async () => {
    await add("csv-summary");
    const answer = await project.post("/csv-summary", await tryWith("csv-summary"));
    expect(await answer.json()).toMatchObject({
      rows: 3,
      columns: "city, temperature",
      summary: "city: 3 values, 3 of them different\ntemperature: 3 numbers from 4 to 21, on average 13",
    });
  });

  it("the report is written", async () => {
    const workflow = await add("morning-report");
    const run = await project.start(workflow, { time: Date.UTC(2030, 0, 7, 7) / 1000 }, 20);
    expect(run.outputs).toMatchObject({
      overdue: 1,
      report: expect.stringContaining("## Due today\n- Send the invoices (2030-01-07)"),
    });
  });

  it("the alert is sorted", async () => {
    const workflow = await add("alert-watch");
    expect((await project.post("/hooks/alerts", await tryWith("alert-watch"))).status).toBe(202);
    expect((await endOf(workflow)).outputs).toEqual({
      wakes_somebody: true,
      headline: "[critical] checkout: Error rate above 5 %",
    });
  });
});

it("a run tells what ran, whatever has become of the draft", async () => {
  const workflow = await project.deployManual({ steps: {}, inputs: { text: "string" } });
  const run = await project.start(workflow.id, { text: "a" }, 10);
  const { definition } = await project.api(showRunDefinitionContract, { params: { project: project.id, run: run.id } });
  expect(definition.nodes.map((node) => node.action.id)).toEqual(["manual"]);
  const missing = { params: { project: project.id, run: "WorkflowRun-1-nothing" } };
  expect((await refusal(project.api(showRunDefinitionContract, missing))).code).toBe("not_found");
});

it("does not put a second workflow behind the path of the first", async () => {
  const error = await refusal(
    project.api(addExampleContract, { params: { project: project.id, example: "csv-summary" } }),
  );
  expect(error.code).toBe("conflict");
  expect(
    (await project.api(listWorkflowsContract)).items.filter(({ name }) => name === "Summarise a CSV"),
  ).toHaveLength(1);
});

it("does not know an example by another name", async () => {
  for (const example of ["nothing", "../actions/echo"]) {
    expect((await refusal(project.api(addExampleContract, { params: { project: project.id, example } }))).code).toBe(
      "not_found",
    );
  }
});
