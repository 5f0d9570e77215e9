import { createWorkflowContract } from "@/lib/workflows/contract";
import { graphOf, inspectorOf, saved, show } from "./support/studio";
import { expect, open, test } from "./support/test";

test("an action of the catalogue is found, added, built and placed by one click or drag", async ({ page, project }) => {
  const { id: workflow } = await project.api(createWorkflowContract, { body: { name: "Tidy" } });
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  const library = page.getByRole("complementary", { name: "Library" });
  await library.getByRole("button", { name: /^HTTP API JSON/ }).click();
  await expect(library.getByRole("region", { name: "Catalogue: Files" })).toBeVisible();
  await library.getByRole("searchbox").fill("string to file");
  await library.getByRole("button", { name: "Add String to file from the catalogue" }).click();
  await expect(graphOf(page).getByLabel("Step String to file")).toBeVisible({ timeout: 30_000 });
  await expect(inspectorOf(page).getByRole("heading", { name: "String to file" })).toBeVisible();
  // It is the project's own from now on.
  await expect(library.getByRole("region", { name: "This project" })).toContainText("String to file");
  await expect(library.getByRole("button", { name: "Add String to file from the catalogue" })).toBeHidden();

  await library.getByRole("searchbox").fill("sleep");
  await library
    .getByRole("button", { name: "Add Sleep from the catalogue" })
    .dragTo(graphOf(page), { targetPosition: { x: 300, y: 60 } });
  await expect(graphOf(page).getByLabel("Step Sleep")).toBeVisible({ timeout: 30_000 });
  await saved(page);
  const { nodes, edges } = (await show(project, workflow)).definition;
  expect(nodes.map(({ action }) => action.id)).toEqual(["httpapijson", "string-to-file", "sleep"]);
  expect(edges).toHaveLength(1);
});
