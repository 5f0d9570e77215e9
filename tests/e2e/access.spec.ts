import { signUp } from "../support/project";
import { echoFile } from "../support/workflow-file";
import { expect, open, signInAs, test } from "./support/test";

test("a stranger's address is a page that does not exist", async ({ page, busy }) => {
  await signInAs(page, await signUp());
  for (const path of ["", "/runs", "/library", "/settings/keys", `/workflows/${busy.workflowId}`]) {
    const response = await page.goto(`/${busy.id}${path}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await expect(page.getByText("Weather service")).toBeHidden();
  }
});

test("the switch decides whether calls need a key", async ({ page, project }) => {
  await project.deploy(echoFile("/echo"));
  const call = async () => {
    const init = { method: "POST", body: '{"text":"hi"}', headers: { "content-type": "application/json" } };
    return (await fetch(`${project.url}/user-api/${project.id}/echo`, init)).status;
  };
  expect(await call()).toBe(401);
  await open(page, `/${project.id}/settings`);
  const requireKey = page.getByRole("switch", { name: "Require an API key" });
  await expect(requireKey).toBeChecked();
  await requireKey.click();
  await expect(page.getByText("Calls need no key any more")).toBeVisible();
  await expect.poll(call).toBe(200);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(requireKey).toBeChecked();
  await expect.poll(call).toBe(401);
});

test("a key is shown once, works, and is refused once revoked", async ({ page, project }) => {
  await open(page, `/${project.id}/settings/keys`);
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("Give the key a name.")).toBeVisible();
  await page.getByLabel("Name").fill("test");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("This name is taken.")).toBeVisible();
  await page.getByLabel("Name").fill("phone app");
  await page.getByLabel("Expires").selectOption("In 30 days");
  await page.getByRole("button", { name: "Create key" }).click();
  const secret = (await page.getByRole("dialog").getByText(/^mrk_/).textContent()) ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect(page.getByText("phone app")).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  const row = page.getByRole("listitem").filter({ hasText: "phone app" });
  await expect(row).toContainText(/expires (in|next)/);
  await row.getByRole("button", { name: "Revoke phone app" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("revoked");
});

test("a variable is a list, or a file, and says what is wrong with it", async ({ page, project }) => {
  await open(page, `/${project.id}/settings/variables`);
  await page.getByRole("button", { name: "New variable" }).click();
  await page.getByLabel("Name").fill("CITIES");
  await page.getByLabel("Type").selectOption("List (JSON)");
  await page.getByLabel("Value").fill('{"a": 1}');
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Write a list as JSON.")).toBeVisible();
  await page.getByLabel("Value").fill('["Bern", "Rome"]');
  await page.getByRole("button", { name: "Save" }).click();
  const list = page.getByRole("listitem");
  await expect(list.filter({ hasText: "CITIES" })).toContainText('["Bern","Rome"]');

  await page.getByRole("button", { name: "New variable" }).click();
  await page.getByLabel("Name").fill("RATES");
  await page.getByLabel("Type").selectOption("File");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Choose a file.")).toBeVisible();
  await page
    .getByLabel("Value")
    .setInputFiles({ name: "rates.csv", mimeType: "text/csv", buffer: Buffer.from("eur,1.1") });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(list.filter({ hasText: "RATES" })).toContainText("rates.csv · 7 B");
});

test("a secret variable is written and never read back", async ({ page, project }) => {
  await open(page, `/${project.id}/settings/variables`);
  await page.getByRole("button", { name: "New variable" }).click();
  await page.getByLabel("Name").fill("1WRONG");
  await page.getByLabel("Type").selectOption("Secret");
  await page.getByLabel("Value").fill("s3cret-value");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/A variable's name holds/)).toBeVisible();
  await page.getByLabel("Name").fill("TOKEN");
  await page.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "TOKEN" });
  await expect(row).toContainText("••••••");
  await page.reload();
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain("s3cret-value");
});
