import { beforeAll, expect, it } from "vitest";
import {
  createProjectContract,
  deleteProjectContract,
  listProjectsContract,
  showProjectContract,
  updateProjectContract,
} from "@/lib/projects/contract";
import { issuesByPath, refusal } from "../support/checked";
import { signUp, TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

it.concurrent("creates a project whose maker is its admin and whose endpoints need a key", async () => {
  const person = await signUp();
  const created = await project.apiAs(person, createProjectContract, { body: { name: "  Weather ☀  " } });
  expect(created).toMatchObject({ name: "Weather ☀", role: "admin", requireKey: true });
  expect(created.url).toBe(`${project.url}/user-api/${created.id}`);
  expect([created.openapiUrl, created.docsUrl]).toEqual([`${created.url}/openapi.json`, `${created.url}/docs`]);
  const { items } = await project.apiAs(person, listProjectsContract);
  expect(items).toEqual([created]);
  expect(await project.apiAs(person, showProjectContract, { params: { project: created.id } })).toEqual(created);
});

it.concurrent("refuses a name that is empty or too long", async () => {
  for (const name of ["   ", "x".repeat(101)]) {
    const error = await refusal(project.api(createProjectContract, { body: { name } }));
    expect([error.status, Object.keys(issuesByPath(error))]).toEqual([422, ["body.name"]]);
  }
});

it("renames a project and switches its need of a key, each alone", async () => {
  const renamed = await project.api(updateProjectContract, { body: { name: "Renamed" } });
  expect(renamed).toMatchObject({ name: "Renamed", requireKey: true });
  const opened = await project.api(updateProjectContract, { body: { requireKey: false } });
  expect(opened).toMatchObject({ name: "Renamed", requireKey: false });
  expect(await project.api(showProjectContract)).toEqual(opened);
  const error = await refusal(project.api(updateProjectContract, { body: { name: "" } }));
  expect([error.status, error.code]).toEqual([422, "invalid_input"]);
});

it.concurrent("deletes a project with all that it holds, and what is under way in it", async () => {
  const doomed = await TestProject.create();
  await doomed.pushCode({ id: "sleeps", code: "import time\ndef handle(i):\n    time.sleep(60)\n" });
  await doomed.deployEndpoint({ path: "/slow", timeout: 0, steps: { only: { use: "sleeps" } } });
  const { result_link } = await (await doomed.post("/slow", {})).json();
  expect((await fetch(result_link)).status).toBe(202);
  await doomed.api(deleteProjectContract);
  expect((await refusal(doomed.api(showProjectContract))).code).toBe("not_found");
  expect((await doomed.post("/slow", {})).status).toBe(404);
  expect((await fetch(result_link)).status).toBe(404);
  expect((await refusal(doomed.api(deleteProjectContract))).code).toBe("not_found");
  const { items } = await doomed.api(listProjectsContract);
  expect(items).toEqual([]);
});
