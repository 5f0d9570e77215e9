import { updateWorkflowContract } from "@/lib/workflows/contract";
import type { Definition } from "@/lib/workflows/definition/schema";
import { draft, graphOf, inspectorOf, openStudio, saved, show } from "./support/studio";
import { expect, test } from "./support/test";

test("of two who edit one draft the second is told, and nothing is overwritten", async ({ page, project, context }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  const other = await context.newPage();
  await openStudio(other, project, workflow);

  // While one only looks, what the other does appears.
  await graphOf(page).getByLabel("Step Shout it").click();
  await inspectorOf(page).getByLabel("Name").fill("Shout louder");
  await expect(graphOf(other).getByLabel("Step Shout louder")).toBeVisible();

  // Cut off from the news and from saving, the other goes on.
  await other.route("**/api/v1/**", (route) => route.abort());
  await graphOf(other).getByLabel("Step Count the words").click();
  await inspectorOf(other).getByLabel("Name").fill("Count mine");
  await expect(other.getByRole("button", { name: "Try again" })).toBeVisible();
  await inspectorOf(page).getByLabel("Name").fill("Shout loudest");
  await saved(page);
  await other.unroute("**/api/v1/**");
  const conflict = other.getByRole("alert").getByText("Somebody else has changed this workflow.");
  await expect(async () => {
    // It also tries again by itself, and then there is nothing left to press.
    if (!(await conflict.isVisible())) await other.getByRole("button", { name: "Try again" }).click({ timeout: 1_000 });
  }).toPass();
  await expect(conflict).toBeVisible();
  const stored = await show(project, workflow);
  expect(stored.definition.nodes.map((node) => node.name)).toEqual(["", "Shout loudest", "Count the words"]);

  await other.getByRole("button", { name: "Keep mine as a copy" }).click();
  await expect(graphOf(other).getByLabel("Step Shout loudest")).toBeVisible();
  await other.getByRole("button", { name: "Open it" }).click();
  await expect(other.getByRole("heading", { name: "Summarise a text (my edits)" })).toBeVisible();
  await expect(graphOf(other).getByLabel("Step Count mine")).toBeVisible();
});

test("edits that were not saved are there again after the tab was closed", async ({ page, project, context }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  await context.setOffline(true);
  await graphOf(page).getByLabel("Step Shout it").click();
  await inspectorOf(page).getByLabel("Name").fill("Not sent yet");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.close();
  await context.setOffline(false);
  expect((await show(project, workflow)).definition.nodes[1]?.name).toBe("Shout it");

  const again = await context.newPage();
  await openStudio(again, project, workflow);
  await expect(graphOf(again).getByLabel("Step Not sent yet")).toBeVisible();
  await saved(again);
  expect((await show(project, workflow)).definition.nodes[1]?.name).toBe("Not sent yet");
});

test("edits on a draft that has moved on meanwhile are not lost either", async ({ page, project, context }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  await context.setOffline(true);
  await graphOf(page).getByLabel("Step Shout it").click();
  await inspectorOf(page).getByLabel("Name").fill("Mine");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.close();
  await context.setOffline(false);
  const { definition } = await show(project, workflow);
  const theirs: Definition = { ...definition, results: { kind: "json", entries: [] } };
  await project.api(updateWorkflowContract, {
    params: { project: project.id, workflow },
    body: { definition: theirs },
  });

  const again = await context.newPage();
  await openStudio(again, project, workflow);
  await expect(again.getByRole("alert").getByText("Somebody else has changed this workflow.")).toBeVisible();
  await expect(graphOf(again).getByLabel("Step Mine")).toBeVisible();
  await again.getByRole("button", { name: "Replace theirs with mine" }).click();
  await saved(again);
  const stored = (await show(project, workflow)).definition;
  expect(stored.nodes[1]?.name).toBe("Mine");
  expect(stored.results).toEqual(definition.results);
});

test("two people's edits are compared, and combined where they do not touch", async ({ page, project }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  const inspector = inspectorOf(page);
  await page.route("**/api/v1/**", (route) => route.abort());
  await graphOf(page).getByLabel("Step Shout it").click();
  await inspector.getByLabel("Name").fill("Mine");
  await graphOf(page).getByLabel("Step Count the words").click();
  await inspector.getByLabel("Name").fill("Count mine");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  const { definition } = await show(project, workflow);
  const theirs: Definition = {
    ...definition,
    nodes: definition.nodes.map((node) => (node.id === "count" ? { ...node, name: "Count theirs" } : node)),
    results: { kind: "json", entries: [] },
  };
  const params = { project: project.id, workflow };
  await project.api(updateWorkflowContract, { params, body: { definition: theirs } });
  await page.unroute("**/api/v1/**");

  await page.getByRole("button", { name: "Review and combine" }).click();
  const dialog = page.getByRole("dialog");
  const listed = (name: string) => dialog.getByRole("list", { name }).getByRole("listitem");
  await expect(listed("Their changes")).toHaveText([/^Count theirs/, "What is answered"]);
  await expect(listed("Your changes")).toHaveText([/^Mine/, /^Count mine/]);
  await expect(listed("Changed by both")).toHaveText(["Count theirs: its name"]);
  await dialog.getByRole("button", { name: /^Combine/ }).click();
  await saved(page);
  await expect(graphOf(page).getByLabel("Step Mine")).toBeVisible();
  const stored = (await show(project, workflow)).definition;
  expect(stored.nodes.map((node) => node.name)).toEqual(["", "Mine", "Count theirs"]);
  expect(stored.results).toEqual(theirs.results);
});
