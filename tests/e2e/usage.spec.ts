import { addMember } from "../support/members";
import { signUp } from "../support/project";
import { expect, open, packages, signInAs, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

test("what was used is shown, and a limit is lowered where the server says how far", async ({ page, project }) => {
  await project.push(packages);
  await project.deploy(summaryWorkflow());
  await open(page, `/${project.id}`);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search and commands" }).getByRole("combobox").fill("usage");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Limits" })).toBeVisible();
  const completed = page.getByText("Completed", { exact: true }).locator("xpath=following-sibling::dd");
  await expect(completed).toHaveText("0");
  // Seen live, without the page being asked again.
  await project.post("/summaries", { text: "counted" });
  await expect(completed).toHaveText("1", { timeout: 15_000 });
  await expect(page.getByRole("meter", { name: "Storage" })).toHaveAttribute("aria-valuetext", /of 20 GiB$/);

  await page.getByRole("button", { name: "Change the limit: Runs under way" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("At most");
  for (const [typed, said] of [
    ["lots", "“lots” is not a number."],
    ["20000", /may be at most 10,000/],
  ] as const) {
    await field.fill(typed);
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(said)).toBeVisible();
    await expect(field).toHaveValue(typed);
    await expect(field).toHaveAttribute("aria-invalid", "true");
  }
  await field.fill("25");
  await page.keyboard.press("Enter");
  const row = page.getByRole("listitem").filter({ hasText: "Runs under way" });
  await expect(row.getByText("of 25")).toBeVisible();
  await expect(row.getByText("10,000 allowed")).toBeVisible();
  await row.getByRole("button").click();
  await dialog.getByRole("button", { name: "All that is allowed" }).click();
  await expect(row.getByText("of 10,000")).toBeVisible();
});

test("who may only look is not offered to change limits", async ({ page, busy }) => {
  const viewer = await signUp();
  await addMember(busy.id, viewer, "viewer");
  await signInAs(page, viewer);
  await open(page, `/${busy.id}/settings/usage`);
  await expect(page.getByRole("meter", { name: "Runs under way" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Change the limit/ })).toBeHidden();
});
