import type { Page } from "@playwright/test";
import { importWorkflowContract, showWorkflowContract } from "@/lib/workflows/contract";
import type { TestProject } from "../../support/project";
import { expect, open, packages } from "./test";
import { summaryWorkflow } from "./workflow-files";

export const graphOf = (page: Page) => page.getByLabel("The workflow's graph");
export const inspectorOf = (page: Page) => page.getByRole("complementary", { name: "Inspector" });

/** A workflow that is not deployed, over the two packages. @returns its id */
export async function draft(project: TestProject): Promise<string> {
  await project.push(packages);
  return (await project.api(importWorkflowContract, { query: {}, body: summaryWorkflow() })).id;
}

export const show = (project: TestProject, workflow: string) =>
  project.api(showWorkflowContract, { params: { project: project.id, workflow } });

export async function openStudio(page: Page, project: TestProject, workflow: string): Promise<void> {
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  await expect(graphOf(page).getByLabel(/^Trigger/)).toBeVisible();
}

export const saved = (page: Page) => expect(page.getByRole("status", { name: "Saved state" })).toHaveText("Saved");
