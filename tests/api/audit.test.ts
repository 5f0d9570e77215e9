import { beforeAll, expect, it } from "vitest";
import { listAuditContract } from "@/lib/audit/contract";
import { createKeyContract } from "@/lib/keys/contract";
import { setVariableContract } from "@/lib/variables/contract";
import { createWorkflowContract, updateWorkflowContract } from "@/lib/workflows/contract";
import { addMember } from "../support/members";
import { signUp, TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const list = (query: { about?: string; limit?: number; cursor?: string } = {}) =>
  project.api(listAuditContract, { query });

it("tells who did what, newest first, and no value of it", async () => {
  await project.api(createKeyContract, { body: { name: "watched" } });
  const params = { project: project.id, variable: "WATCHED" };
  await project.api(setVariableContract, { params, body: { value: "hunter2", secret: true } });
  const response = await project.raw(listAuditContract);
  const text = await response.text();
  expect(text).not.toContain("hunter2");
  const [variable, key] = JSON.parse(text).items;
  expect([variable.action, key.action]).toEqual(["variable.set", "key.create"]);
  expect([variable.who, variable.target]).toEqual([project.admin.email, expect.stringContaining("WATCHED")]);
});

it("is read page by page, and by what it is about", async () => {
  const all = (await list()).items;
  const pages: number[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await list({ limit: 1, ...(cursor && { cursor }) });
    pages.push(...page.items.map((entry) => entry.id));
    cursor = page.nextCursor ?? undefined;
    more = cursor !== undefined;
  }
  expect(pages).toEqual(all.map((entry) => entry.id));
  const keys = (await list({ about: "key" })).items;
  expect(new Set(keys.map((entry) => entry.action.split(".")[0]))).toEqual(new Set(["key"]));
  expect((await list({ about: "%" })).items).toEqual([]);
});

it("takes what one editor saves in a row as one, and each editor's as their own", async () => {
  const { id } = await project.api(createWorkflowContract, { body: { name: "Edited often" } });
  const params = { project: project.id, workflow: id };
  const colleague = await signUp();
  await addMember(project.id, colleague, "developer");
  for (const name of ["one", "two", "three"]) await project.api(updateWorkflowContract, { params, body: { name } });
  await project.apiAs(colleague, updateWorkflowContract, { params, body: { name: "four" } });
  const edits = (await list({ about: "workflow" })).items.filter((entry) => entry.action === "workflow.update");
  expect(edits.map((entry) => [entry.who, entry.target])).toEqual([
    [colleague.email, id],
    [project.admin.email, id],
  ]);
});
