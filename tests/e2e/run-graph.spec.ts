import { expect, open, test } from "./support/test";

test("a run's graph shows what ran, selects its steps, and leads to the studio", async ({ busyPage: page, busy }) => {
  const { workflow_run_id: run } = await (await busy.post("/summaries", { text: "please fail" })).json();
  await open(page, `/${busy.id}/runs/${run}`);
  await expect(page.getByLabel("The workflow's graph")).toBeHidden();
  await page.getByRole("radio", { name: "Graph" }).check({ force: true });
  const graph = page.getByLabel("The workflow's graph");
  await expect(graph.getByLabel("Step Shout it").getByRole("img", { name: "Failed" })).toBeVisible();
  await graph.getByLabel("Step Shout it").click();
  await expect(page).toHaveURL(/step=shout/);
  await expect(page.getByRole("region", { name: /^Shout it/ })).toBeVisible();
  // Nothing of it can be changed.
  await page.keyboard.press("Delete");
  await expect(graph.getByLabel("Step Shout it")).toBeVisible();
  await expect(graph.getByRole("button", { name: /^Add a step/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Open in studio" }).click();
  await expect(page).toHaveURL(new RegExp(`/workflows/${busy.workflowId}/studio$`));
});

test("the result link is copied", async ({ busyPage: page, busy, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const run = (await busy.post("/summaries", { text: "well" })).headers.get("x-workflow-run-id");
  await open(page, `/${busy.id}/runs/${run}`);
  await page.getByRole("button", { name: "Copy result link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect((await fetch(link)).status).toBe(200);
});
