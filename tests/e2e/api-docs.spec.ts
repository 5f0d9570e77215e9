import { AxeBuilder } from "@axe-core/playwright";
import { createKeyContract } from "@/lib/keys/contract";
import { expect, test } from "./support/test";

test("a caller without an account reads the docs, authorizes and tries a call", async ({ page, busy }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text());
  });
  const { key } = await busy.api(createKeyContract, { params: { project: busy.id }, body: { name: "docs" } });
  await page.goto(`/user-api/${busy.id}/docs`);
  await expect(page).toHaveTitle("Weather service API · Millrace");
  await expect(page.getByRole("heading", { name: "Weather service API" })).toBeVisible();
  await expect(page.getByText("Calls need an API key")).toBeVisible();

  const operation = page.locator(".opblock").filter({ hasText: "/summaries" });
  await operation
    .getByRole("button", { name: /POST.*summaries/i })
    .first()
    .click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  await operation.locator("textarea").fill('{"text": "rain from the west"}');
  await operation.getByRole("button", { name: "Execute" }).click();
  const response = operation.locator(".live-responses-table");
  await expect(response.getByRole("cell", { name: "401", exact: true }).first()).toBeVisible();

  await page.getByRole("button", { name: "Authorize" }).first().click();
  const dialog = page.locator(".dialog-ux");
  await dialog.getByLabel("auth-bearer-value").fill(key);
  await dialog.getByRole("button", { name: "Apply credentials" }).first().click();
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await operation.getByRole("button", { name: "Execute" }).click();
  await expect(response.getByRole("cell", { name: "200", exact: true }).first()).toBeVisible();
  await expect(response.getByText("RAIN FROM THE WEST")).toBeVisible();

  await page.reload();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(key);
  expect(refused).toEqual([]);
});

test("the docs follow what is deployed, and a project that is none has none", async ({ page, project }) => {
  await page.goto(`/user-api/${project.id}/docs`);
  await expect(page.getByRole("heading", { name: "No endpoint is live yet" })).toBeVisible();
  const nothing = await page.goto("/user-api/nothing-like-this/docs");
  expect(nothing?.status()).toBe(404);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the docs are readable when it is ${colorScheme}`, async ({ page, busy }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/user-api/${busy.id}/docs`);
    await expect(page.locator(".opblock-summary-path").first()).toBeVisible();
    // What swagger-ui itself draws is not ours to mend, but for the page around it.
    const { violations } = await new AxeBuilder({ page }).exclude(".swagger-ui").analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  });
}
