import { expect, open, test } from "./support/test";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("every screen fits a phone, and its parts are reached by the lower bar", async ({ busyPage: page, busy }) => {
  const { workflow_run_id } = await (await busy.post("/summaries", { text: "please fail" })).json();
  const screens = [
    "",
    "/runs",
    "/library",
    "/library/shout/1.0",
    "/settings",
    "/settings/keys",
    "/settings/variables",
    "/settings/sources",
    "/settings/usage",
    `/workflows/${busy.workflowId}`,
    `/workflows/${busy.workflowId}?tab=call`,
    `/workflows/${busy.workflowId}/studio`,
    `/runs/${workflow_run_id}?step=shout&view=log`,
  ];
  for (const screen of screens) {
    await open(page, `/${busy.id}${screen}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, `${screen} must not scroll sideways`).toBeLessThanOrEqual(390);
  }
  await page.getByRole("button", { name: "Search and commands" }).tap();
  await page.getByRole("combobox", { name: "Search and commands" }).fill("audit");
  await page.getByRole("option", { name: "Audit log" }).tap();
  await expect(page).toHaveURL(/\/settings\/audit$/);
  // Of tabs that are wider than the screen, the one that is open is in view.
  await open(page, `/${busy.id}/settings/audit`);
  await expect(page.getByRole("link", { name: "Audit log" })).toBeInViewport({ ratio: 0.9 });
  await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Library" }).click();
  await expect(page.getByRole("heading", { name: "Library" })).toBeVisible();
  await page
    .getByRole("button", { name: /^Account:/ })
    .filter({ visible: true })
    .click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the studio is for looking at, on a phone", async ({ busyPage: page, busy }) => {
  await open(page, `/${busy.id}/workflows/${busy.workflowId}/studio`);
  await expect(page.getByText("View only")).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Library" })).toBeHidden();
  await page.getByRole("button", { name: "Show everything" }).tap();
  await page.getByLabel("Step Count the words").tap();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByLabel("Name")).toHaveValue("Count the words");
  await expect(inspector.getByLabel("Name")).toBeDisabled();
  await expect(inspector.getByRole("button", { name: "Delete" })).toBeHidden();
  await inspector.getByRole("button", { name: "Close the inspector" }).tap();
  await page.getByRole("link", { name: "Leave the studio" }).tap();
  await expect(page.getByRole("link", { name: "Edit in studio" })).toBeVisible();
});
