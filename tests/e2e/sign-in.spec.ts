import { signUp } from "../support/project";
import { expect, open, signInAs, test } from "./support/test";

test("errors stand at their fields, and what was typed stays", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("ada");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Give an e-mail address")).toBeVisible();
  await expect(page.getByText("Give your password.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue("ada");
});

test("an unknown address and a wrong password are told alike", async ({ page }) => {
  const person = await signUp();
  await page.goto("/sign-in");
  for (const email of [person.email, `x${person.email}`]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not it at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
  }
});

test("a taken address is told at its field when signing up", async ({ page }) => {
  const person = await signUp();
  await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill("a good password");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("This address already has an account.")).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveValue("a good password");
});

test("signing in returns to where the visitor came from, and only to places of our own", async ({ page, busy }) => {
  await page.goto(`/${busy.id}/runs?state=failed`);
  await expect(page).toHaveURL(/\/sign-in\?from=/);
  await page.getByLabel("E-mail").fill(busy.admin.email);
  await page.getByLabel("Password").fill(busy.admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`/${busy.id}/runs?state=failed`);

  await page.goto("/sign-in?from=https://elsewhere.example/");
  await expect(page).toHaveURL("/projects");
});

test("a session that has ended goes to sign in and comes back", async ({ page, context, busy }) => {
  await signInAs(page, busy.admin);
  // The stream would notice before anything is done.
  await page.route("**/events", (route) => route.abort());
  await open(page, `/${busy.id}/settings/variables`);
  await expect(page.getByRole("button", { name: "New variable" })).toBeVisible();
  await context.clearCookies();
  await page.getByRole("button", { name: "New variable" }).click();
  await page.getByLabel("Name").fill("LATE");
  await page.getByLabel("Value").fill("1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await page.getByLabel("E-mail").fill(busy.admin.email);
  await page.getByLabel("Password").fill(busy.admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`/${busy.id}/settings/variables`);
});

test("a cookie that is no longer good leads to sign in, and from there to the page that was asked for", async ({
  page,
  context,
  baseURL,
  busy,
}) => {
  await context.addCookies([{ name: "next-auth.session-token", value: "run.out", url: baseURL ?? "" }]);
  await page.goto(`/${busy.id}/runs?state=failed`);
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await page.getByLabel("E-mail").fill(busy.admin.email);
  await page.getByLabel("Password").fill(busy.admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`/${busy.id}/runs?state=failed`);
});

test("signing out ends the session in every tab at once", async ({ context, page, busy }) => {
  await signInAs(page, busy.admin);
  await open(page, `/${busy.id}/runs`);
  const other = await context.newPage();
  await open(other, `/${busy.id}`);
  await other
    .getByRole("button", { name: /^Account:/ })
    .filter({ visible: true })
    .click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other).toHaveURL("/sign-in");
  await expect(page).toHaveURL(/\/sign-in\?from=/);
});
