import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { listRunsContract } from "@/lib/runs/contract";
import { expect, open, test } from "./support/test";

async function signUpAndCreate(page: Page, project: string): Promise<string> {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail").fill(`new-${randomBytes(6).toString("hex")}@example.com`);
  await page.getByLabel("Password").fill("a good password");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Project name").fill(project);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { name: `What should ${project} do first?` })).toBeVisible();
  return new URL(page.url()).pathname.split("/")[1] ?? "";
}

/** What a shell would make of the line on the page. */
function readCurl(line: string): { url: string; init: RequestInit } {
  const words = [...line.matchAll(/'((?:[^']|'\\'')*)'/g)].map(([, word = ""]) => word.replaceAll("'\\''", "'"));
  const [url = "", ...rest] = words;
  const body = rest.pop() ?? "";
  const headers = Object.fromEntries(rest.map((header) => header.split(": ", 2) as [string, string]));
  return { url, init: { method: "POST", headers, body } };
}

test("from signing up to an answer, without a terminal and in under two minutes", async ({ page }) => {
  test.setTimeout(120_000);
  await signUpAndCreate(page, "Weather");
  await page.getByRole("button", { name: /^Summarise a CSV over HTTP/ }).click();
  await expect(page.getByRole("heading", { name: "Summarise a CSV is live" })).toBeVisible({ timeout: 60_000 });
  const line = page.getByText(/^curl -X POST/);
  await expect(line).toContainText("Bearer mrk_");
  await page.getByRole("button", { name: "Try it" }).click();
  const answer = page.getByRole("status", { name: "Answer" });
  await expect(answer).toContainText("200");
  await expect(answer).toContainText("3 numbers from 4 to 21, on average 13");
  const run = page.getByRole("region", { name: "The run" });
  await expect(run.getByText("Completed", { exact: true })).toBeVisible();
  await expect(run.getByRole("button", { name: "Summarise the columns: Completed" })).toBeVisible();

  // The line that is shown is one that works.
  const { url, init } = readCurl((await line.textContent()) ?? "");
  const called = await fetch(url, init);
  expect([called.status, await called.json()]).toEqual([200, expect.objectContaining({ rows: 3 })]);

  // Keys are shown once.
  await page.reload();
  await expect(page.getByRole("button", { name: "Try it" })).toBeDisabled();
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(answer).toContainText("200");
  await page.getByRole("link", { name: "To the project" }).click();
  await expect(page.getByRole("link", { name: "Summarise a CSV" })).toBeVisible();
});

test("the examples that nobody waits for show their run as well", async ({ page, project }) => {
  test.setTimeout(120_000);
  const examples = [
    { title: /^Every morning report/, live: "Every morning report is live", result: "# Report of" },
    {
      title: /^Watch for alerts/,
      live: "Watch for alerts is live",
      result: "[critical] checkout: Error rate above 5 %",
    },
  ];
  for (const { title, live, result } of examples) {
    await open(page, `/${project.id}/start`);
    await page.getByRole("button", { name: title }).click();
    await expect(page.getByRole("heading", { name: live })).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: "Try it" }).click();
    const run = page.getByRole("region", { name: "The run" });
    await expect(run.getByText("Completed", { exact: true })).toBeVisible();
    await expect(run).toContainText(result);
  }
  const { items } = await project.api(listRunsContract);
  expect(items.map(({ state }) => state)).toEqual(["completed", "completed"]);
});

test("blank is blank, and an example can still be had", async ({ page }) => {
  const project = await signUpAndCreate(page, "Empty");
  await page.getByRole("link", { name: /^Start blank/ }).click();
  await expect(page).toHaveURL(new RegExp(`/${project}$`));
  await expect(page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();
  await page.getByRole("link", { name: "Begin with an example" }).click();
  await expect(page.getByRole("list", { name: "Examples" }).getByRole("listitem")).toHaveCount(4);
});
