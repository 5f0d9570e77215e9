import { updateProjectContract } from "@/lib/projects/contract";
import { importWorkflowContract } from "@/lib/workflows/contract";
import { triggerFile } from "../support/workflow-file";
import { graphOf, inspectorOf, openStudio, saved, show } from "./support/studio";
import { expect, open, test } from "./support/test";

test("what a trigger serves has its path in the studio, its address on the page, and an origin of its own", async ({
  page,
  project,
}) => {
  await project.pushFixtures("serves-http");
  const body = triggerFile("serves-http", {}, { name: "Hooks" });
  const { id: workflow } = await project.api(importWorkflowContract, { query: {}, body });
  await openStudio(page, project, workflow);
  await graphOf(page)
    .getByLabel(/^Trigger/)
    .click();
  const serves = inspectorOf(page).getByRole("region", { name: "What it serves" });
  await expect(serves.getByLabel("Path", { exact: true })).toHaveAttribute("placeholder", "/hooks");
  await serves.getByLabel("Path", { exact: true }).fill("/{a}");
  await expect(serves.getByText(/has no parameters/)).toBeVisible();
  await serves.getByLabel("Path", { exact: true }).fill("/site");
  await saved(page);
  expect((await show(project, workflow)).definition.nodes[0]?.addons).toEqual({
    http_service: { endpoint_prefix: "/site" },
  });
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await page.getByRole("button", { name: "Deploy now" }).click();
  await expect(page.getByText("Hooks v1 is live")).toBeVisible();

  await open(page, `/${project.id}/workflows/${workflow}?tab=call`);
  await page.getByRole("tab", { name: "Call it" }).click();
  const url = `${project.url}/user-api/${project.id}/site`;
  await expect(page.getByRole("tabpanel").getByText(url, { exact: true })).toBeVisible();

  // Signed in, as whoever looks at what somebody else has written may be.
  await project.api(updateProjectContract, { body: { requireKey: false } });
  await expect.poll(async () => (await project.call("/site/page")).status).toBe(200);
  await page.goto(`${url}/page`);
  await expect(page.getByText("refused, unreadable")).toBeVisible();
});
