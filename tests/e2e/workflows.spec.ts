import {
  deleteWorkflowContract,
  deployWorkflowContract,
  importWorkflowContract,
  updateWorkflowContract,
} from "@/lib/workflows/contract";
import { echoFile, triggerFile } from "../support/workflow-file";
import { expect, open, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

test("a broken file lists each problem with its line, and can be kept as a draft", async ({ page, project }) => {
  await open(page, `/${project.id}`);
  await page.getByRole("button", { name: "Import workflow" }).first().click();
  const buffer = Buffer.from(
    summaryWorkflow().replace("human_name: Summarise a text", "human_name: Broken\n  colour: red"),
  );
  await page
    .getByLabel("Drop a workflow file here")
    .setInputFiles({ name: "broken.yaml", mimeType: "text/yaml", buffer });
  const problems = page.getByRole("list", { name: "What is wrong with the file" });
  await expect(problems.getByText(/shout is not in the library/)).toBeVisible();
  await expect(problems.getByText(/count-words is not in the library/)).toBeVisible();
  await expect(problems.getByText(/line 5/)).toBeVisible();
  await page.getByRole("button", { name: "Import as draft anyway" }).click();
  await expect(page.getByRole("heading", { name: "Broken" })).toBeVisible();
  await expect(page.getByText("it cannot be deployed yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).toBeDisabled();
});

test("stop, undo and delete, each told as it happens", async ({ page, project }) => {
  await project.deploy(echoFile("/echo", "Echo"));
  await open(page, `/${project.id}`);
  const row = page.getByRole("region", { name: "Workflows" }).getByRole("listitem").filter({ hasText: "Echo" });
  await expect(row.getByText("Live")).toBeVisible();
  await row.getByRole("button", { name: "Actions for Echo" }).click();
  await page.getByRole("menuitem", { name: "Stop…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop workflow" }).click();
  await expect(row.getByText("Stopped")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row.getByText("Live")).toBeVisible();

  await row.getByRole("button", { name: "Actions for Echo" }).click();
  await page.getByRole("menuitem", { name: "Stop…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop workflow" }).click();
  await expect(row.getByText("Stopped")).toBeVisible();
  await row.getByRole("button", { name: "Actions for Echo" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Delete workflow" });
  await expect(confirm).toBeDisabled();
  await page.getByLabel("Type Echo to confirm").fill("Echo");
  await confirm.click();
  await expect(page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();
});

test("going back to a version tells what breaks calls, wherever it is asked for", async ({ page, project }) => {
  const { id, definition } = await project.deployEndpoint({ path: "/echo", name: "Echo", inputs: { text: "string" } });
  const params = { project: project.id, workflow: id };
  const results = { kind: "json" as const, entries: [{ key: "said", node: "api", output: "text" }] };
  await project.api(updateWorkflowContract, { params, body: { definition: { ...definition, results } } });
  await project.api(deployWorkflowContract, { params, body: {} });
  const dialog = page.getByRole("dialog");
  const expectTold = async (title: string) => {
    await expect(dialog.getByRole("heading", { name: title })).toBeVisible();
    await expect(dialog.getByText("Breaking")).toBeVisible();
    await expect(dialog.getByText("The answer no longer has said.")).toBeVisible();
    await expect(dialog.getByRole("list", { name: "Steps" })).toHaveText("What is answered");
  };

  await open(page, `/${project.id}`);
  await page.getByRole("button", { name: "Actions for Echo" }).click();
  await page.getByRole("menuitem", { name: "Roll back…" }).click();
  await expectTold("Roll Echo back from v2");
  await dialog.getByRole("button", { name: "Make v1 live and break calls" }).click();
  await expect(page.getByText("Echo v1 is live")).toBeVisible();
  expect(await (await project.post("/echo", { text: "hello" })).json()).toEqual({});
  await page.getByRole("button", { name: "Back to v2" }).click();
  await expect(page.getByText("Echo v2 is live")).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search and commands" }).fill("roll back echo");
  await page.keyboard.press("Enter");
  await expectTold("Roll Echo back from v2");
  await dialog.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("tab", { name: /^Versions/ }).click();
  await page.getByRole("button", { name: "Make v1 live" }).click();
  await expectTold("Make v1 of Echo live over v2");
  await dialog.getByRole("button", { name: "Not now" }).click();

  await page.getByRole("link", { name: "Edit in studio" }).click();
  await page.getByRole("button", { name: "Version history" }).click();
  await dialog.getByRole("button", { name: /^v1/ }).click();
  await dialog.getByRole("button", { name: "Make v1 live" }).click();
  await expectTold("Make v1 of Echo live over v2");
  expect(await (await project.post("/echo", { text: "hello" })).json()).toEqual({ said: "hello" });
  await dialog.getByRole("button", { name: "Make v1 live and break calls" }).click();
  await expect(page.getByText("Echo v1 is live")).toBeVisible();
});

test("search and state stand in the address, and others' changes appear by themselves", async ({ page, project }) => {
  await project.deploy(echoFile("/echo", "Echo"));
  await open(page, `/${project.id}`);
  await project.api(importWorkflowContract, { query: {}, body: echoFile("/second", "Second thought") });
  await expect(page.getByRole("link", { name: "Second thought" })).toBeVisible();
  // What is cut off is told whole under the pointer, and nothing is told of what is not.
  const long = "Reads what the customers of the northern region wrote since the evening before, and answers it";
  await project.api(importWorkflowContract, { query: {}, body: echoFile("/third", long) });
  await page.getByRole("link", { name: long }).hover();
  await expect(page.getByRole("link", { name: long })).toHaveAttribute("title", long);
  await page.getByRole("link", { name: "Echo" }).hover();
  await expect(page.locator("[title]:is(a)")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search workflows" }).fill("second");
  await expect(page.getByRole("link", { name: "Echo" })).toBeHidden();
  await expect(page).toHaveURL(/q=second/);
  await page.getByRole("radio", { name: /^Live/ }).check();
  await expect(page.getByRole("heading", { name: "No workflow matches" })).toBeVisible();
  await page.getByRole("button", { name: "Show all workflows" }).click();
  await expect(page.getByRole("link", { name: "Echo" })).toBeVisible();
});

test("a page whose subject is deleted meanwhile says so", async ({ page, project }) => {
  const { id } = await project.api(importWorkflowContract, { query: {}, body: echoFile("/short", "Short-lived") });
  await open(page, `/${project.id}/workflows/${id}`);
  await expect(page.getByRole("heading", { name: "Short-lived" })).toBeVisible();
  await project.api(deleteWorkflowContract, { params: { project: project.id, workflow: id } });
  await expect(page.getByRole("heading", { name: "Short-lived is no longer there" })).toBeVisible();
  await page.getByRole("link", { name: "All workflows" }).click();
  await expect(page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();
});

test("acting on something that is gone says so and shows what is there", async ({ page, project }) => {
  const { id } = await project.api(importWorkflowContract, { query: {}, body: echoFile("/stale", "Stale") });
  // Without the stream, the page cannot know.
  await page.route("**/events", (route) => route.abort());
  await open(page, `/${project.id}`);
  await page.getByRole("button", { name: "Actions for Stale" }).click();
  await project.api(deleteWorkflowContract, { params: { project: project.id, workflow: id } });
  await page.getByRole("menuitem", { name: "Clone" }).click();
  await expect(page.getByText("That is no longer there")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();
});

test("a lost connection is told, and made up for when it is back", async ({ page, project }) => {
  let isCut = true;
  let tries = 0;
  await page.route("**/events", (route) => {
    tries++;
    return isCut ? route.abort() : route.continue();
  });
  await open(page, `/${project.id}`);
  await expect(page.getByText("Connection lost.")).toBeVisible();
  await project.api(importWorkflowContract, { query: {}, body: echoFile("/missed", "Missed it") });
  const before = tries;
  await page.getByRole("button", { name: "Reconnect" }).click();
  await expect.poll(() => tries, { timeout: 2_000 }).toBeGreaterThan(before);
  isCut = false;
  await expect(page.getByText("Connection lost.")).toBeHidden();
  await project.deploy(echoFile("/seen", "Seen"));
  await expect(page.getByRole("link", { name: "Seen" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Missed it" })).toBeVisible();
});

test("what is left until the first answer is said, and is gone with the first run", async ({ page, project }) => {
  await project.deploy(echoFile("/first", "First"));
  await open(page, `/${project.id}`);
  const checklist = page.getByRole("region", { name: "Up to the first answer" });
  await expect(checklist.getByRole("img", { name: "Done" })).toHaveCount(2);
  await checklist.getByRole("link", { name: "How to call it" }).click();
  await expect(page.getByText(`${project.url}/user-api/${project.id}/first`).first()).toBeVisible();
  await page.getByRole("link", { name: "Workflows" }).click();
  await expect(checklist).toBeVisible();
  await project.post("/first", { text: "hello" });
  await expect(checklist).toBeHidden();
});

test("the calls to make are shown with the real address and inputs", async ({ busyPage: page, busy }) => {
  await open(page, `/${busy.id}/workflows/${busy.workflowId}?tab=call`);
  const address = `${busy.url}/user-api/${busy.id}/summaries`;
  await expect(page.getByText(`curl -X POST '${address}'`)).toBeVisible();
  await page.getByRole("radio", { name: "Python" }).check();
  await expect(page.getByText("requests.request(")).toBeVisible();
  await page.getByRole("radio", { name: "TypeScript" }).check();
  await expect(page.getByText(`await fetch("${address}"`)).toBeVisible();
});

test("workflows are tagged, narrowed to a tag or a trigger, and cloned", async ({ page, project }) => {
  const [invoices, reports] = await Promise.all([
    project.deploy(echoFile("/invoices", "Invoices")),
    project.deploy(triggerFile("crongw", { foreach: "0 18 * * *" }, { name: "Reports" })),
  ]);
  await open(page, `/${project.id}`);
  const rows = page
    .getByRole("region", { name: "Workflows" })
    .getByRole("list")
    .first()
    .getByRole("link", {
      name: /^(Invoices|Reports)/,
    });
  await page.getByRole("button", { name: "Actions for Invoices" }).click();
  await page.getByRole("menuitem", { name: "Name and tags…" }).click();
  const dialog = page.getByRole("dialog");
  const tags = dialog.getByRole("combobox", { name: /^Tags/ });
  await tags.fill("billing,");
  await tags.fill("mistake");
  await tags.press("Enter");
  await dialog.getByRole("button", { name: "Remove tag mistake" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: "billing", exact: true }).click();
  await expect(page).toHaveURL(/tag=billing/);
  await expect(rows).toHaveText(["Invoices"]);

  await page.getByRole("button", { name: "Actions for Invoices" }).click();
  await page.getByRole("menuitem", { name: "Clone" }).click();
  await expect(rows).toHaveText(["Invoices", "Invoices (copy)"]);
  await page.getByLabel("Tag", { exact: true }).selectOption("Any tag");
  await page.getByLabel("Trigger", { exact: true }).selectOption("Clock (1)");
  await expect(page).toHaveURL(/\?trigger=clock$/);
  await expect(rows).toHaveText(["Reports"]);
  await page.reload();
  await expect(rows).toHaveText(["Reports"]);

  // The copy has the same path, which only one that is live can have; the studio says so.
  await page.getByLabel("Trigger", { exact: true }).selectOption("Any trigger");
  await page.getByRole("link", { name: "Invoices (copy)" }).click();
  await expect(page.getByText(/in the draft/)).toBeVisible();
  expect(reports.id).not.toBe(invoices.id);
});
