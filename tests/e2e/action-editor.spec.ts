import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { showActionContract } from "@/lib/actions/contract";
import { inspectorOf, openStudio, saved, show } from "./support/studio";
import { expect, open, packages, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

const code = (page: Page, path: string) => page.getByRole("textbox", { name: path });

async function write(page: Page, path: string, text: string): Promise<void> {
  await page.getByRole("tab", { name: path }).click();
  await code(page, path).fill(text);
}

test("an action is written, tested and saved without a terminal", async ({ page, project }) => {
  test.setTimeout(120_000);
  await open(page, `/${project.id}/library`);
  await page.getByRole("link", { name: "New action" }).first().click();
  await page.getByLabel("Name", { exact: true }).first().fill("Weigh words");
  await page.getByLabel("Id", { exact: true }).fill("weigh-words");
  await page.getByRole("button", { name: "Add output" }).click();
  const outputs = page.getByRole("region", { name: "Outputs" });
  await outputs.getByLabel("Name").last().fill("weight");
  await outputs.getByLabel("Type").last().selectOption("integer");
  const scan = await new AxeBuilder({ page }).analyze();
  expect(scan.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);

  // What goes wrong is shown at its line.
  await write(page, "ryax_handler.py", "def handle(inputs):\n    print('weighing')\n    return nothing\n");
  await page.getByRole("tab", { name: "Test" }).click();
  await page.getByLabel("Name").fill("four");
  await page.getByRole("button", { name: "Test with these inputs" }).click();
  const problems = page.getByRole("list", { name: "Problems" });
  await expect(problems).toContainText("NameError");
  await expect(problems).toContainText("ryax_handler.py, line 3");
  await expect(page.locator(".cm-lint-marker-error")).toBeVisible();

  const right =
    "def handle(inputs):\n    print('weighing')\n    return {'greeting': 'hi', 'weight': len(inputs['name'])}\n";
  await write(page, "ryax_handler.py", right);
  await page.getByRole("button", { name: "Test with these inputs" }).click();
  const result = page.getByRole("region", { name: "Result of the test" });
  await expect(result.getByText(/Completed in/)).toBeVisible();
  await expect(result.getByLabel("Outputs")).toContainText("4");
  await expect(page.getByRole("log", { name: "Log of the test" })).toContainText("weighing");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const exported = await download;
  expect(exported.suggestedFilename()).toBe("weigh-words-1.0.zip");
  const files = unzipSync(new Uint8Array(await readFile(await exported.path())));
  expect(strFromU8(files["ryax_handler.py"] as Uint8Array)).toBe(right);

  await page.getByRole("button", { name: "Save version 1.0" }).click();
  await expect(page).toHaveURL(/\/library\/weigh-words\/1\.0$/);
  await expect(page.getByText("Built", { exact: true })).toBeVisible();

  // Again: the next version number is there already, and a build that fails says where.
  await page.getByRole("link", { name: "Edit code" }).click();
  await expect(code(page, "ryax_handler.py")).toContainText("weighing");
  await write(page, "ryax_handler.py", "def handle(inputs):\n    return {\n");
  await page.getByRole("button", { name: "Leave the editor" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "Save version 1.1" }).click();
  await expect(problems).toContainText("ryax_handler.py, line 2");
  await write(page, "ryax_handler.py", right.replace("hi", "hello"));
  await page.getByRole("button", { name: "Save version 1.2" }).click();
  await expect(page).toHaveURL(/\/library\/weigh-words\/1\.2$/);
  const params = { project: project.id, action: "weigh-words", version: "1.2" };
  expect(await project.api(showActionContract, { params })).toMatchObject({
    state: "built",
    outputs: [{ name: "greeting" }, { name: "weight", type: "integer" }],
  });
});

test("a step's code is changed in the studio, and the step runs the new version", async ({ page, project }) => {
  test.setTimeout(90_000);
  await project.push(packages);
  const { id: workflow } = await project.deploy(summaryWorkflow());
  await openStudio(page, project, workflow);
  await page.getByLabel("Step Shout it").click();
  await inspectorOf(page).getByRole("tab", { name: "Action" }).click();
  await inspectorOf(page).getByRole("button", { name: "Edit its code" }).click();
  const editor = page.getByRole("dialog", { name: "Edit shout" });
  await expect(editor.getByRole("textbox", { name: "ryax_handler.py" })).toContainText("def ");
  await editor.getByLabel("Description").fill("Louder than before");
  await editor.getByRole("button", { name: "Save version 1.1" }).click();
  await expect(editor).toBeHidden();
  await saved(page);
  const node = (await show(project, workflow)).definition.nodes.find(({ id }) => id === "shout");
  expect(node?.action).toEqual({ id: "shout", version: "1.1" });
});
