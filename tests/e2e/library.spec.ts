import { listFiles, zipFiles } from "@/lib/archives";
import { expect, open, packages, test } from "./support/test";

async function zipOf(folder: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipFiles(await listFiles(folder))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test("a folder is uploaded, checked and built before one's eyes", async ({ page, project }) => {
  await open(page, `/${project.id}/library`);
  await page.getByRole("button", { name: "Add actions" }).click();
  await page.getByLabel("Choose a folder", { exact: true }).and(page.locator("input")).setInputFiles(packages);
  const uploaded = page.getByRole("list", { name: "Uploaded" });
  await uploaded.getByRole("link", { name: /^Shout/ }).click();
  await expect(page.getByRole("log", { name: "Build log" })).toContainText("Built in");
  await expect(page.getByText("Built", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete version" }).click();
  await expect(page.getByText("shout@1.0 was deleted")).toBeVisible();
});

test("an action of the catalogue is found, added and built", async ({ page, project }) => {
  await open(page, `/${project.id}/library`);
  await page.getByRole("button", { name: "Catalogue" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Search the catalogue").fill("transform");
  const entries = dialog.getByRole("list", { name: "Catalogue" }).getByRole("listitem");
  await expect(entries).toHaveCount(1);
  await expect(entries.locator("img")).toHaveJSProperty("naturalWidth", 128);
  await dialog.getByRole("button", { name: "Add JSON transform" }).click();
  await dialog.getByRole("link", { name: "JSON transform is in the library" }).click();
  await expect(page.getByRole("heading", { name: "JSON transform" })).toBeVisible();
  await expect(page.getByText("Built", { exact: true })).toBeVisible();
});

test("a package that is not right is refused with each problem at its line", async ({ page, project }) => {
  await open(page, `/${project.id}/library`);
  await page.getByRole("button", { name: "Add actions" }).click();
  const buffer = await zipOf(new URL("./broken-package", import.meta.url).pathname);
  await page.getByLabel(/Drop a folder or a zip/).setInputFiles({ name: "p.zip", mimeType: "application/zip", buffer });
  const problems = page.getByRole("list", { name: "What is wrong with the package" });
  await expect(problems.getByRole("listitem")).not.toHaveCount(0);
  await expect(problems.getByText(/line \d+/).first()).toBeVisible();
});

test("a version in use is kept, and the page says where", async ({ busyPage: page, busy }) => {
  await open(page, `/${busy.id}/library/shout/1.0`);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete version" }).click();
  await expect(dialog.getByText(/is used by 1 workflow/)).toBeVisible();
  await expect(dialog.getByRole("list", { name: "Used by" })).toContainText("Summarise a text");
});

test("what an action may reach is granted on its page, and a host that is none is told beside its field", async ({
  busyPage: page,
  busy,
}) => {
  await open(page, `/${busy.id}/library/shout/1.0`);
  const network = page.getByRole("region", { name: "Network" });
  await expect(network).toContainText("Nothing");
  await network.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("It may reach").selectOption("Some hosts");
  await dialog.getByLabel("Hosts").fill("https://api.example.com");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/Must be a host such as/)).toBeVisible();
  await dialog.getByLabel("Hosts").fill("api.example.com\n*.example.org:8443");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(network).toContainText("api.example.com, *.example.org:8443");
  await expect(network).toContainText("granted");
});

test("a trigger that asks for folders of the server says who grants them, and may be granted the network", async ({
  page,
  project,
}) => {
  await open(page, `/${project.id}/library`);
  await page.getByRole("button", { name: "Catalogue" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Search the catalogue").fill("folder of the server");
  await expect(dialog.getByText("asks for folders of this server")).toBeVisible();
  await dialog.getByRole("button", { name: "Add Folder" }).click();
  await dialog.getByRole("link", { name: "Folder is in the library" }).click();
  await expect(page.getByRole("region", { name: "Folders" })).toContainText(
    `MILLRACE_FOLDERS=incoming=/srv/incoming:${project.id}`,
  );
  await page.getByRole("region", { name: "Network" }).getByRole("button", { name: "Change" }).click();
  await dialog.getByLabel("It may reach").selectOption("Some hosts");
  await dialog.getByLabel("Hosts").fill("files.example.com");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "Network" })).toContainText("files.example.com");
});
