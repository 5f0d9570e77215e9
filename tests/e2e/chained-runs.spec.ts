import { deployWorkflowContract, importWorkflowContract, showWorkflowContract } from "@/lib/workflows/contract";
import { manualFile } from "../support/workflow-file";
import { graphOf, inspectorOf, openStudio, saved } from "./support/studio";
import { expect, open, test } from "./support/test";

test("a step is told which workflow to run and what with, and the runs lead to each other", async ({
  page,
  project,
}) => {
  test.setTimeout(120_000);
  await project.deployManual({ name: "Greet", inputs: { name: "string", loud: { type: "boolean", optional: true } } });
  const file = manualFile({ name: "Calls", inputs: { who: "string" }, steps: { other: { use: "run-workflow" } } });
  const { id } = await project.api(importWorkflowContract, { query: {}, body: file });
  await openStudio(page, project, id);
  await graphOf(page).getByLabel("Step Run another workflow").click();
  const inspector = inspectorOf(page);
  await inspector.getByLabel(/^Workflow/).selectOption("Greet");
  const inputs = inspector.getByRole("region", { name: "Inputs of Greet" });
  await expect(inputs.getByText(/needs a value for “name”/)).toBeVisible();
  await inputs.getByLabel(/^name/).fill("Ada");
  await expect(inputs.getByText(/needs a value for/)).toBeHidden();
  await saved(page);
  const params = { project: project.id, workflow: id };
  await expect
    .poll(async () => JSON.stringify((await project.api(showWorkflowContract, { params })).definition))
    .toContain("Ada");

  await project.api(deployWorkflowContract, { params, body: {} });
  const run = await project.start(id, { who: "me" }, 20);
  await open(page, `/${project.id}/runs/${run.id}`);
  const main = page.getByRole("main");
  await main.getByRole("link", { name: "Greet" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.started[0]?.id}$`));
  await expect(main.getByText("step other")).toBeVisible();
  await main.getByRole("link", { name: "Calls" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.id}$`));
});
