import { GitHost, serveGitHttp } from "../support/git";
import { filesOf } from "../support/packages";
import { expect, test } from "./support/test";

function packageOf(id: string, version = "1.0"): Record<string, string> {
  const files = filesOf({ id, version, code: "def handle(i): pass\n" });
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${id}/${name}`, text]));
}

test("a repository is added, its packages are picked, and a push is seen", async ({ page, project }) => {
  const host = new GitHost();
  const account = { username: "ada", password: "a-token" };
  const server = await serveGitHttp(host, { account });
  try {
    const repository = host.create("actions");
    const broken = { "broken/ryax_metadata.yaml": "kind: Processor\nnonsense: 1\n" };
    await repository.commit({ ...packageOf("from-git"), ...packageOf("not-yet"), ...broken }, "The first actions");
    await page.goto(`/${project.id}/settings/sources`);
    await page.getByRole("button", { name: "Add repository" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("/srv/git/actions");
    await dialog.getByRole("button", { name: "Add and scan" }).click();
    await expect(dialog.getByText(/Give the address of a repository/)).toBeVisible();
    await dialog.getByLabel("Address").fill(`${server.url}/actions.git`);
    await dialog.getByLabel("Access").selectOption("deploy_key");
    await dialog.getByLabel("Private key").fill("ssh-ed25519 AAAA");
    await dialog.getByRole("button", { name: "Add and scan" }).click();
    await expect(dialog.getByText(/This is no private key/)).toBeVisible();
    await dialog.getByLabel("Access").selectOption("none");
    await dialog.getByRole("button", { name: "Add and scan" }).click();

    await expect(page.getByText(/private: then give a user name and a token/)).toBeVisible();
    await page.getByRole("button", { name: "Change" }).click();
    await dialog.getByLabel("Access").selectOption("password");
    await dialog.getByLabel("User name").fill(account.username);
    await dialog.getByLabel("Token or password").fill(account.password);
    await dialog.getByRole("button", { name: "Save and scan" }).click();

    const packages = page.getByRole("list", { name: "Packages" });
    await expect(page.getByText("2 new, 1 invalid")).toBeVisible();
    await expect(packages.getByText("nonsense: there is no such key.")).toBeVisible();
    await expect(packages.getByText("ryax_metadata.yaml, line 2")).toBeVisible();
    await packages.getByLabel("Import Test not-yet").uncheck();
    await page.getByRole("button", { name: "Import 1 package" }).click();
    await expect(packages.getByRole("link", { name: "Test from-git in the library" })).toHaveText("Built");
    await expect(page.getByText("1 new, 1 in the library, 1 invalid")).toBeVisible();

    await repository.commit(packageOf("from-git", "1.1"), "A new version");
    await page.getByRole("button", { name: "Scan", exact: true }).click();
    await expect(page.getByText("“A new version”")).toBeVisible();
    await expect(page.getByText("1 new, 1 new version, 1 invalid")).toBeVisible();

    await page.getByRole("button", { name: "Webhook" }).click();
    await dialog.getByRole("button", { name: "Make a link" }).click();
    const link = (await dialog.getByText(/\/source-hooks\/mrs_/).textContent()) ?? "";
    await dialog.getByRole("button", { name: "Done" }).click();
    await repository.commit(packageOf("from-git", "1.2"), "Pushed");
    await page.request.post(new URL(link).pathname);
    await expect(page.getByText("“Pushed”")).toBeVisible();

    await page.getByRole("button", { name: "Remove" }).click();
    await dialog.getByRole("button", { name: "Remove repository" }).click();
    await expect(page.getByRole("heading", { name: "No repositories yet" })).toBeVisible();
    await page.goto(`/${project.id}/library`);
    await expect(page.getByText("Test from-git")).toBeVisible();
  } finally {
    await server.close();
    host.remove();
  }
});
