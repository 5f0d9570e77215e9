import type { Page } from "@playwright/test";
import { importWorkflowContract, showWorkflowContract, updateWorkflowContract } from "@/lib/workflows/contract";
import type { Definition } from "@/lib/workflows/definition/schema";
import type { TestProject } from "../support/project";
import { expect, open, packages, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

const graphOf = (page: Page) => page.getByLabel("The workflow's graph");
const inspectorOf = (page: Page) => page.getByRole("complementary", { name: "Inspector" });

async function draft(project: TestProject): Promise<string> {
  await project.push(packages);
  return (await project.api(importWorkflowContract, { query: {}, body: summaryWorkflow() })).id;
}

const show = (project: TestProject, workflow: string) =>
  project.api(showWorkflowContract, { params: { project: project.id, workflow } });

async function openStudio(page: Page, project: TestProject, workflow: string): Promise<void> {
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  await expect(graphOf(page).getByLabel(/^Trigger/)).toBeVisible();
}

const saved = (page: Page) => expect(page.getByRole("status", { name: "Saved state" })).toHaveText("Saved");

test("the studio shows the draft as a graph, reached from the workflow", async ({ busyPage: page, busy }) => {
  await open(page, `/${busy.id}/workflows/${busy.workflowId}`);
  await page.getByRole("link", { name: "Edit in studio" }).click();
  const graph = graphOf(page);
  await expect(graph.getByLabel("Trigger HTTP API JSON")).toBeVisible();
  await expect(graph.getByText("POST /summaries")).toBeVisible();
  await expect(graph.getByLabel("Step Shout it")).toBeVisible();
  await expect(graph.getByLabel("Answer: loud, words")).toBeVisible();
  await expect(graph.getByLabel("From Shout it to Count the words")).toBeAttached();
  await page.getByRole("link", { name: "Leave the studio" }).click();
  await expect(page.getByRole("link", { name: "Edit in studio" })).toBeVisible();
});

test("edits are saved by themselves and can be undone", async ({ page, project }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  await graphOf(page).getByLabel("Step Count the words").click();
  await inspectorOf(page).getByLabel("Name").fill("Count them");
  await saved(page);
  expect((await show(project, workflow)).definition.nodes[2]?.name).toBe("Count them");
  await inspectorOf(page).getByRole("button", { name: "Delete" }).click();
  await expect(graphOf(page).getByLabel("Step Count them")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(graphOf(page).getByLabel("Step Count them")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(graphOf(page).getByLabel("Step Count the words")).toBeVisible();
  await page.getByRole("button", { name: "Redo" }).click();
  await saved(page);
  await page.reload();
  await expect(graphOf(page).getByLabel("Step Count them")).toBeVisible();
});

test("a problem leads to the field where it is mended", async ({ page, project }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  await graphOf(page).getByLabel("Trigger HTTP API JSON").click();
  const path = inspectorOf(page).getByLabel(/Path/);
  await path.fill("/a b");
  await page.getByRole("button", { name: "1 error" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close the inspector" }).click();
  await page.getByRole("button", { name: "1 error" }).click();
  await page.getByRole("button", { name: /The path cannot be used/ }).click();
  await expect(path).toBeFocused();
  await expect(inspectorOf(page).getByText(/is neither plain text nor a parameter/)).toBeVisible();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await expect(page.getByText("Nothing is wrong")).toBeVisible();
});

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
  await other.getByRole("button", { name: "Try again" }).click();
  await expect(other.getByRole("alert").getByText("Somebody else has changed this workflow.")).toBeVisible();
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
  await page.route("**/api/v1/**", (route) => route.abort());
  await graphOf(page).getByLabel("Step Shout it").click();
  await inspectorOf(page).getByLabel("Name").fill("Not sent yet");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.close();
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
  await page.route("**/api/v1/**", (route) => route.abort());
  await graphOf(page).getByLabel("Step Shout it").click();
  await inspectorOf(page).getByLabel("Name").fill("Mine");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.close();
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

test("from nothing to a live endpoint, without a file", async ({ page, project }) => {
  test.setTimeout(120_000);
  await project.push(packages);
  await open(page, `/${project.id}`);
  await page.getByRole("button", { name: "New workflow" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Loud words");
  await page.getByRole("button", { name: "Create and open the studio" }).click();
  const [graph, inspector] = [graphOf(page), inspectorOf(page)];
  await expect(graph.getByText("POST /loud-words")).toBeVisible();

  await graph.getByLabel("Trigger HTTP API JSON").click();
  await inspector.getByRole("button", { name: "Add input" }).click();
  const inputs = inspector.getByRole("region", { name: "Inputs of the workflow" });
  await inputs.getByLabel("Name").fill("text");
  await inputs.getByLabel("Type").selectOption("longstring");

  // After what is selected; an input of the same name is filled by itself.
  const library = page.getByRole("complementary", { name: "Library" });
  await library.getByRole("searchbox").fill("shout");
  await library.getByRole("button", { name: "Shout" }).click();
  await expect(inspector.getByRole("heading", { name: "Shout" })).toBeVisible();
  await expect(inspector.getByLabel(/^Text/)).toHaveValue("api.text");
  await library.getByRole("searchbox").fill("count");
  await library.getByRole("button", { name: "Count words" }).click();
  await expect(page.getByRole("button", { name: "1 error" })).toBeVisible();
  const source = inspector.getByRole("group", { name: /^Where Text/ });
  await source.getByRole("radio", { name: "From an earlier step" }).check();
  // Only outputs that fit are on offer: none of the numbers.
  const text = inspector.getByLabel(/^Text/);
  await expect(text.getByRole("option")).toHaveText(["Choose …", /Shouted text/, /text/]);
  await text.selectOption({ label: "Shout: Shouted text · longstring" });

  await graph.getByLabel(/^Answer/).click();
  await inspector.getByLabel("Add a key").selectOption({ label: "Count words: Words · integer" });
  await inspector.getByLabel("Key", { exact: true }).fill("how_many");
  await saved(page);
  await expect(page.getByText("Nothing is wrong")).toBeVisible();

  await page.getByRole("button", { name: "Test run" }).click();
  await page.getByRole("dialog").getByLabel("text").fill("rain from the west");
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("region", { name: "Test run" }).getByText("Completed")).toBeVisible();
  await expect(graph.getByLabel("Step Shout").getByRole("img", { name: "Completed" })).toBeVisible();
  await graph.getByLabel("Step Count words").click();
  await inspector.getByRole("tab", { name: "Last run" }).click();
  await expect(inspector.getByText("RAIN FROM THE WEST")).toBeVisible();
  expect((await project.post("/loud-words", { text: "x" })).status).toBe(404);

  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("POST /loud-words is new.")).toBeVisible();
  await expect(dialog.getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveCount(4);
  await dialog.getByRole("button", { name: "Deploy now" }).click();
  await expect(page.getByText("Loud words v1 is live")).toBeVisible();
  const answer = await project.post("/loud-words", { text: "one two three" });
  expect(await answer.json()).toMatchObject({ how_many: 3 });
});

test("deploying tells what breaks callers, and an earlier version can be restored", async ({ page, project }) => {
  await project.push(packages);
  const { id: workflow } = await project.deploy(summaryWorkflow());
  await openStudio(page, project, workflow);
  await graphOf(page)
    .getByLabel(/^Answer/)
    .click();
  await inspectorOf(page).getByRole("button", { name: "Remove loud" }).click();
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Breaking")).toBeVisible();
  await expect(dialog.getByText("The answer no longer has loud.")).toBeVisible();
  await dialog.getByRole("button", { name: "Deploy and break calls" }).click();
  await expect(page.getByText("Summarise a text v2 is live")).toBeVisible();

  await page.getByRole("button", { name: "Version history" }).click();
  await dialog.getByRole("button", { name: /^v1/ }).click();
  await expect(dialog.getByText("What restoring v1 does to the draft")).toBeVisible();
  await dialog.getByRole("button", { name: "Restore v1" }).click();
  await expect(graphOf(page).getByLabel("Answer: loud, words")).toBeVisible();
  await saved(page);
  expect((await show(project, workflow)).live?.number).toBe(2);
});

test("a step is added, connected, configured and deleted by keyboard alone", async ({ page, project }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  const [graph, inspector] = [graphOf(page), inspectorOf(page)];
  await graph.getByLabel("Step Shout it").focus();
  await page.keyboard.press("Enter");
  await expect(inspector.getByRole("heading", { name: "Shout it" })).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("count");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Count words/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(inspector.getByRole("heading", { name: "Count words" })).toBeVisible();
  await expect(graph.getByLabel("From Shout it to Count words")).toBeAttached();

  await inspector.getByLabel("Runs after").focus();
  await page.keyboard.type("Count the words");
  await expect(inspector.getByRole("list", { name: "Steps it waits for" })).toHaveText(/Count the words/);
  await expect(graph.getByLabel("From Count the words to Count words")).toBeAttached();
  // A step that would come before itself is not offered.
  await graph.getByLabel("Step Shout it").focus();
  await page.keyboard.press("Enter");
  await expect(inspector.getByText("No other step can come before")).toBeAttached();

  await graph.getByLabel("Step Count words").focus();
  await page.keyboard.press("Enter");
  await inspector.getByRole("radio", { name: "A fixed value" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await inspector.getByRole("textbox", { name: /^Text/ }).focus();
  await page.keyboard.type("typed here");
  await saved(page);
  const stored = (await show(project, workflow)).definition;
  expect(stored.nodes.at(-1)?.inputs.text).toEqual({ static: "typed here" });

  await graph.getByLabel("Step Count words").focus();
  await page.keyboard.press("Delete");
  await expect(graph.getByLabel("Step Count words")).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(graph.getByLabel("Step Count words")).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await expect(graph.getByLabel("Step Count words")).toBeHidden();
});

test("steps are copied to another workflow, and duplicated", async ({ page, project, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  await graphOf(page).getByLabel("Step Shout it").click();
  await page.keyboard.down("Shift");
  await graphOf(page).getByLabel("Step Count the words").click();
  await page.keyboard.up("Shift");
  await expect(inspectorOf(page).getByRole("heading", { name: "2 selected" })).toBeVisible();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+d");
  await expect(graphOf(page).getByLabel("Step Shout it")).toHaveCount(2);
  await saved(page);

  const { id: other } = await project.api(importWorkflowContract, {
    query: {},
    body: summaryWorkflow({ name: "Other", path: "/other" }),
  });
  await openStudio(page, project, other);
  await page.keyboard.press("Control+v");
  await expect(graphOf(page).getByLabel("Step Count the words")).toHaveCount(2);
  await saved(page);
  const { nodes, edges } = (await show(project, other)).definition;
  expect(nodes.map((node) => node.id)).toEqual(["api", "shout", "count", "shout_2", "count_2"]);
  expect(nodes[4]?.inputs.text).toEqual({ link: { node: "shout_2", output: "shouted" } });
  expect(edges).toContainEqual({ from: "shout_2", to: "count_2" });
});

test("a connection is drawn, a cycle is refused with the reason, and a step is put on an edge", async ({
  page,
  project,
}) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  const graph = graphOf(page);
  const handle = (step: string, side: "left" | "right") =>
    graph.getByLabel(step).locator(`.react-flow__handle-${side}`);
  const draw = async (from: string, to: string) => {
    await handle(from, "right").hover();
    await page.mouse.down();
    await handle(to, "left").hover();
  };
  await draw("Step Count the words", "Step Shout it");
  await expect(page.getByText(/already comes after “Shout it”|that would be a cycle/)).toBeVisible();
  await page.mouse.up();
  expect((await show(project, workflow)).definition.edges).toHaveLength(2);
  await page.keyboard.press("Escape");

  await draw("Trigger HTTP API JSON", "Step Count the words");
  await page.mouse.up();
  await expect(graph.getByLabel("From HTTP API JSON to Count the words")).toBeAttached();

  await page.getByRole("button", { name: /^Shout/ }).dragTo(graph.getByLabel("From Shout it to Count the words"), {
    force: true,
  });
  await expect(graph.getByLabel("From Shout it to Shout", { exact: true })).toBeAttached();
  await saved(page);
  const { edges } = (await show(project, workflow)).definition;
  expect(edges).toContainEqual({ from: "shout_2", to: "count" });
  expect(edges).not.toContainEqual({ from: "shout", to: "count" });
});
