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
  // The next run is shown as this one was, and both may be seen on any screen.
  await open(page, `/${busy.id}/runs/${run}`);
  await expect(graph).toBeVisible();
  await page.getByRole("radio", { name: "Both" }).check({ force: true });
  await expect(page.getByRole("button", { name: "Shout it: Failed" })).toBeVisible();
  await expect(graph).toBeVisible();
  await page.getByRole("link", { name: "Open in studio" }).click();
  await expect(page).toHaveURL(new RegExp(`/workflows/${busy.workflowId}/studio$`));
});

test("where there is room, a run's timeline, its graph and the selected step are seen together", async ({
  busyPage: page,
  busy,
}) => {
  const { workflow_run_id: run } = await (await busy.post("/summaries", { text: "please fail" })).json();
  await page.setViewportSize({ width: 1680, height: 1000 });
  await open(page, `/${busy.id}/runs/${run}`);
  await expect(page.getByRole("radio", { name: "Graph" })).toBeHidden();
  const timeline = page.getByRole("region", { name: "Steps", exact: true });
  const step = page.getByLabel("The workflow's graph").getByLabel("Step Shout it");
  await page.getByRole("button", { name: "Show the step that failed" }).click();
  await expect(timeline.getByRole("button", { name: "Shout it: Failed" })).toHaveAttribute("aria-pressed", "true");
  await expect(step).toHaveClass(/\bselected\b/);
  const panel = page.getByRole("region", { name: /^Shout it/ });
  for (const part of [timeline, step, panel]) await expect(part).toBeInViewport();
  await timeline.getByRole("button", { name: /^Count the words/ }).click();
  await expect(step).not.toHaveClass(/\bselected\b/);
  await step.click();
  await expect(timeline.getByRole("button", { name: "Shout it: Failed" })).toHaveAttribute("aria-pressed", "true");
  // The wheel moves the page, not the graph under it.
  const before = await step.boundingBox();
  await page.mouse.wheel(0, 60);
  await expect(step).toBeInViewport();
  expect((await step.boundingBox())?.width).toBe(before?.width);
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
