import { deleteWorkflowContract } from "@/lib/workflows/contract";
import { addMember } from "../support/members";
import { signUp } from "../support/project";
import { draft, graphOf, inspectorOf, openStudio, saved, show } from "./support/studio";
import { expect, open, signInAs, test } from "./support/test";

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

test("the workflow is renamed in the studio, and one that is deleted says so", async ({ page, project }) => {
  const workflow = await draft(project);
  await openStudio(page, project, workflow);
  await page.getByRole("button", { name: "Rename the workflow" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Give the workflow a name.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Renamed");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Renamed" })).toBeVisible();
  await project.api(deleteWorkflowContract, { params: { project: project.id, workflow } });
  await expect(page.getByRole("heading", { name: "Renamed is no longer there" })).toBeVisible();
});

test("a viewer looks, and changes nothing", async ({ page, busy }) => {
  const viewer = await signUp();
  await addMember(busy.id, viewer, "viewer");
  await signInAs(page, viewer);
  await open(page, `/${busy.id}/workflows/${busy.workflowId}`);
  await page.getByRole("link", { name: "Open in studio" }).click();
  await expect(page.getByText("View only")).toBeVisible();
  await graphOf(page).getByLabel("Step Shout it").click();
  await expect(inspectorOf(page).getByLabel("Name")).toBeDisabled();
  await page.keyboard.press("Delete");
  await expect(graphOf(page).getByLabel("Step Shout it")).toBeVisible();
  for (const verb of ["Deploy", "Test run", "Undo", "Delete", "Rename the workflow"]) {
    await expect(page.getByRole("button", { name: verb })).toBeHidden();
  }
  await expect(page.getByRole("complementary", { name: "Library" })).toBeHidden();
});
