import { expect, test } from "./support/test";

test("somebody is invited, makes an account by the link, and is given another role", async ({
  page,
  project,
  browser,
}) => {
  await page.goto(`/${project.id}/settings/members`);
  const members = page.getByRole("region", { name: "Members" });
  await expect(members.getByText("you", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill("not an address");
  await dialog.getByRole("button", { name: "Create invitation" }).click();
  await expect(dialog.getByText(/Give an e-mail address/)).toBeVisible();
  const email = `guest-${crypto.randomUUID()}@example.com`;
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Role").selectOption("operator");
  await dialog.getByRole("button", { name: "Create invitation" }).click();
  const link = (await dialog.getByText(/\/invite\/mri_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Invitations" }).getByText(email)).toBeVisible();

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "Join Own project" })).toBeVisible();
  await expect(guest.getByLabel("E-mail")).toHaveValue(email);
  await guest.getByLabel("Password").fill("a good password");
  await guest.getByRole("button", { name: "Create account" }).click();
  await expect(guest.getByRole("link", { name: /Own project/ })).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "This invitation is over" })).toBeVisible();

  // The members' list hears of it without a reload.
  await expect(members.getByText(email)).toBeVisible();
  await members.getByLabel(`Role of ${email}`).selectOption("viewer");
  await expect(page.getByText(`${email} is viewer now`)).toBeVisible();
  await page.getByRole("button", { name: "Leave the project" }).click();
  await page.getByRole("button", { name: "Leave project" }).click();
  await expect(page.getByText("This is the project's only admin.")).toBeVisible();
});

test("a project is deleted once its name has been typed", async ({ page, project }) => {
  await page.goto(`/${project.id}/settings`);
  await page.getByRole("button", { name: "Delete project" }).click();
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Delete project" });
  await expect(confirm).toBeDisabled();
  await page.getByRole("dialog").getByRole("textbox").fill("Own project");
  await confirm.click();
  await expect(page).toHaveURL(/\/projects$/);
  await page.goto(`/${project.id}`);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});
