import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";
import { type Person, TestProject } from "../../support/project";
import { summaryWorkflow } from "./workflow-files";

export const packages = fileURLToPath(new URL("../packages", import.meta.url));

/** Opens a session without the form, which has tests of its own. */
export async function signInAs(page: Page, person: Pick<Person, "email" | "password">): Promise<void> {
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const form = { csrfToken, email: person.email, password: person.password, json: "true" };
  const answer = await page.request.post("/api/auth/callback/password", { form });
  expect(answer.ok()).toBe(true);
}

/** Goes to a screen of a project and waits until it is alive, which is when it begins to listen for changes. */
export async function open(page: Page, path: string): Promise<void> {
  await Promise.all([page.waitForRequest(/\/events$/), page.goto(path)]);
}

interface WorkerFixtures {
  /** A project with the two packages built and one live workflow; shared, so nothing that stands in it is changed. */
  busy: TestProject & { workflowId: string };
}

interface Fixtures {
  /** An empty project of the test's own, whose admin is signed in on `page`. */
  project: TestProject;
  /** `page`, signed in as the admin of `busy`. */
  busyPage: Page;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  busy: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are asked for
    async ({}, use) => {
      const project = await TestProject.create(undefined, "Weather service");
      await project.push(packages);
      const { id } = await project.deploy(summaryWorkflow());
      await use(Object.assign(project, { workflowId: id }));
    },
    { scope: "worker" },
  ],
  project: async ({ page }, use) => {
    const project = await TestProject.create(undefined, "Own project");
    await signInAs(page, project.admin);
    await use(project);
  },
  busyPage: async ({ page, busy }, use) => {
    await signInAs(page, busy.admin);
    await use(page);
  },
});

export { expect };
