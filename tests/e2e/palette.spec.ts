import { AxeBuilder } from "@axe-core/playwright";
import { expect, open, test } from "./support/test";

test("from anywhere by keyboard: to a workflow, to a run, to a new key", async ({ busyPage: page, busy }) => {
  const run = (await busy.post("/summaries", { text: "seen from the palette" })).headers.get("x-workflow-run-id") ?? "";
  await open(page, `/${busy.id}/settings`);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  const field = palette.getByRole("combobox");
  await field.fill("summar");
  await expect(palette.getByRole("option", { name: /^Summarise a text/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/workflows/${busy.workflowId}$`));

  await page.keyboard.press("Control+k");
  await field.fill(`  ${run} `);
  await page.keyboard.press("Enter");
  await expect(page.getByText("SEEN FROM THE PALETTE")).toBeVisible();

  await page.keyboard.press("Control+k");
  await field.fill("seen from");
  await expect(palette.getByRole("option", { name: /^Find runs/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/runs\?q=seen(\+|%20)from$/);
  await expect(page.getByRole("list", { name: "Runs" }).getByRole("link", { name: run })).toBeVisible();

  await page.getByRole("button", { name: "Search and commands" }).click();
  await field.fill("new api key");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/new=/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the palette has no serious finding when it is ${colorScheme}`, async ({ busyPage: page, busy }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, `/${busy.id}`);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  });
}
