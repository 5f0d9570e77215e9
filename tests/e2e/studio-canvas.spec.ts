import { importWorkflowContract } from "@/lib/workflows/contract";
import { draft, graphOf, inspectorOf, openStudio, saved, show } from "./support/studio";
import { expect, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

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
