import { expect, open, test } from "./support/test";

test("the studio shows the draft as a graph, reached from the workflow", async ({ busyPage: page, busy }) => {
  await open(page, `/${busy.id}/workflows/${busy.workflowId}`);
  await page.getByRole("link", { name: "Edit in studio" }).click();
  const graph = page.getByLabel("The workflow's graph");
  await expect(graph.getByLabel("Trigger HTTP API JSON")).toBeVisible();
  await expect(graph.getByText("POST /summaries")).toBeVisible();
  await expect(graph.getByLabel("Step Shout it")).toBeVisible();
  await expect(graph.getByLabel("Answer: loud, words")).toBeVisible();
  await expect(graph.getByLabel("From Shout it to Count the words")).toBeAttached();
  await page.getByRole("link", { name: "Leave the studio" }).click();
  await expect(page.getByRole("link", { name: "Edit in studio" })).toBeVisible();
});
