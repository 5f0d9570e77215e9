import { randomBytes } from "node:crypto";
import { signInContract } from "@/lib/accounts/contract";
import { pushActionsContract } from "@/lib/actions/contract";
import { listFiles, zipFiles } from "@/lib/archives";
import { callApi } from "@/lib/http/client";
import { expect, packages, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

async function zipOf(folder: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipFiles(await listFiles(folder))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test("from signing up to the first answer, seen live", async ({ page, baseURL }) => {
  const email = `new-${randomBytes(6).toString("hex")}@example.com`;
  const password = "a good password";

  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page.getByRole("heading", { name: "Create your first project" })).toBeVisible();
  await page.getByLabel("Project name").fill("First steps");
  await page.getByRole("button", { name: "Create project" }).click();
  await page.getByRole("link", { name: /^Start blank/ }).click();
  await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
  const project = new URL(page.url()).pathname.split("/")[1] ?? "";
  await expect(page.getByRole("link", { name: "OpenAPI" })).toHaveAttribute(
    "href",
    `${baseURL}/user-api/${project}/openapi.json`,
  );
  await expect(page.getByRole("link", { name: "Project URL" })).toHaveAttribute(
    "href",
    `${baseURL}/user-api/${project}`,
  );
  await expect(page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();

  const { token } = await callApi(signInContract, { body: { email, password } }, { baseUrl: baseURL ?? "" });
  const options = { baseUrl: baseURL ?? "", token };
  await page.getByRole("link", { name: "Library" }).click();
  await expect(page.getByRole("heading", { name: "No actions of your own yet" })).toBeVisible();
  await callApi(pushActionsContract, { params: { project }, body: new Uint8Array(await zipOf(packages)) }, options);
  // What the command line pushes shows up without a reload, and so does the end of its build.
  const actions = page.getByRole("region", { name: "Actions" });
  for (const name of ["Shout", "Count words"]) {
    await expect(actions.getByRole("listitem").filter({ hasText: name }).getByText("Built")).toBeVisible();
  }

  await page.getByRole("link", { name: "Workflows" }).click();
  await page.getByRole("button", { name: "Import workflow" }).click();
  const file = {
    name: "summary.yaml",
    mimeType: "application/yaml",
    buffer: Buffer.from(summaryWorkflow({ patience: 1 })),
  };
  await page.getByLabel("Drop a workflow file here").setInputFiles(file);
  await expect(page.getByText("Nothing is wrong with it.")).toBeVisible();
  await page.getByRole("button", { name: "Import and deploy" }).click();
  await expect(page.getByRole("heading", { name: "Summarise a text" })).toBeVisible();
  await expect(page.getByText(/^Live\s*v1$/)).toBeVisible();

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "API keys" }).click();
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("Name").fill("laptop");
  await page.getByRole("button", { name: "Create key" }).click();
  const key = (await page.getByRole("dialog").getByText(/^mrk_/).textContent()) ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("laptop")).toBeVisible();

  await page.getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  const answer = await fetch(`${baseURL}/user-api/${project}/summaries`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ text: "rain from the west", seconds: 3 }),
  });
  expect(answer.status).toBe(202);
  const { result_link } = await answer.json();
  // The call is still under way, and so is its run on the screen.
  await expect(page.getByRole("list", { name: "Runs" }).getByLabel("Running")).toBeVisible();
  await page.getByRole("link", { name: /^WorkflowRun-/ }).click();
  await expect(page.getByText("Running").first()).toBeVisible();
  await expect(page.getByText("Completed").first()).toBeVisible();
  await expect(page.getByText("RAIN FROM THE WEST")).toBeVisible();
  await expect(page.getByText("202", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open", exact: true })).toHaveAttribute("href", result_link);
});
