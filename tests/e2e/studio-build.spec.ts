import { setVariableContract } from "@/lib/variables/contract";
import { createWorkflowContract } from "@/lib/workflows/contract";
import { graphOf, inspectorOf, openStudio, saved, show } from "./support/studio";
import { expect, open, packages, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

test("from nothing to a live endpoint, without a file", async ({ page, project }) => {
  test.setTimeout(120_000);
  await project.push(packages);
  await open(page, `/${project.id}`);
  await page.getByRole("button", { name: "New workflow" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Loud words");
  await page.getByRole("button", { name: "Create and open the studio" }).click();
  const [graph, inspector] = [graphOf(page), inspectorOf(page)];
  await expect(graph.getByText("POST /loud-words")).toBeVisible();

  await graph.getByLabel("Trigger HTTP API JSON").click();
  await inspector.getByRole("button", { name: "Add input" }).click();
  const inputs = inspector.getByRole("region", { name: "Inputs of the workflow" });
  await inputs.getByLabel("Name").fill("text");
  await inputs.getByLabel("Type").selectOption("longstring");

  // After what is selected; an input of the same name is filled by itself.
  const library = page.getByRole("complementary", { name: "Library" });
  await library.getByRole("searchbox").fill("shout");
  await library.getByRole("button", { name: "Shout" }).click();
  await expect(inspector.getByRole("heading", { name: "Shout" })).toBeVisible();
  await expect(inspector.getByLabel(/^Text/)).toHaveValue("api.text");
  await library.getByRole("searchbox").fill("count");
  await library.getByRole("button", { name: "Count words" }).click();
  await expect(page.getByRole("button", { name: "1 error" })).toBeVisible();
  const source = inspector.getByRole("group", { name: /^Where Text/ });
  await source.getByRole("radio", { name: "From an earlier step" }).check();
  // Only outputs that fit are on offer: none of the numbers.
  const text = inspector.getByLabel(/^Text/);
  await expect(text.getByRole("option")).toHaveText(["Choose …", /Shouted text/, /text/]);
  await text.selectOption({ label: "Shout: Shouted text · longstring" });

  await graph.getByLabel(/^Answer/).click();
  await inspector.getByLabel("Add a key").selectOption({ label: "Count words: Words · integer" });
  await inspector.getByLabel("Key", { exact: true }).fill("how_many");
  await saved(page);
  await expect(page.getByText("Nothing is wrong")).toBeVisible();

  await page.getByRole("button", { name: "Test run" }).click();
  await page.getByRole("dialog").getByLabel("text").fill("rain from the west");
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("region", { name: "Test run" }).getByText("Completed")).toBeVisible();
  await expect(graph.getByLabel("Step Shout").getByRole("img", { name: "Completed" })).toBeVisible();
  await graph.getByLabel("Step Count words").click();
  await inspector.getByRole("tab", { name: "Last run" }).click();
  await expect(inspector.getByText("RAIN FROM THE WEST")).toBeVisible();
  expect((await project.post("/loud-words", { text: "x" })).status).toBe(404);

  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("POST /loud-words is new.")).toBeVisible();
  await expect(dialog.getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveCount(4);
  await dialog.getByRole("button", { name: "Deploy now" }).click();
  await expect(page.getByText("Loud words v1 is live")).toBeVisible();
  const answer = await project.post("/loud-words", { text: "one two three" });
  expect(await answer.json()).toMatchObject({ how_many: 3 });
});

test("deploying tells what breaks callers, and an earlier version can be restored", async ({ page, project }) => {
  await project.push(packages);
  const { id: workflow } = await project.deploy(summaryWorkflow());
  await openStudio(page, project, workflow);
  await graphOf(page)
    .getByLabel(/^Answer/)
    .click();
  await inspectorOf(page).getByRole("button", { name: "Remove loud" }).click();
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Breaking")).toBeVisible();
  await expect(dialog.getByText("The answer no longer has loud.")).toBeVisible();
  await dialog.getByRole("button", { name: "Not now" }).click();
  // Wherever it is deployed, it is told.
  await page.getByRole("link", { name: "Leave the studio" }).click();
  await page.getByRole("button", { name: "Deploy the draft" }).click();
  await expect(dialog.getByText("The answer no longer has loud.")).toBeVisible();
  await dialog.getByRole("button", { name: "Deploy and break calls" }).click();
  await expect(page.getByText("Summarise a text v2 is live")).toBeVisible();

  await page.getByRole("link", { name: "Edit in studio" }).click();
  await page.getByRole("button", { name: "Version history" }).click();
  await dialog.getByRole("button", { name: /^v1/ }).click();
  await expect(dialog.getByText("What restoring v1 does to the draft")).toBeVisible();
  await dialog.getByRole("button", { name: "Restore v1" }).click();
  await expect(graphOf(page).getByLabel("Answer: loud, words")).toBeVisible();
  await saved(page);
  expect((await show(project, workflow)).live?.number).toBe(2);
});

test("a value is fixed, from a variable, or a password that is never shown again", async ({ page, project }) => {
  await project.pushCode({
    id: "every-kind",
    inputs: { count: "integer", ratio: "float", on: "boolean", city: "string", letter: "longstring", key: "password" },
    outputs: { said: "string" },
    code: "def handle(i):\n    return {'said': f\"{i['count']} {i['ratio']} {i['on']} {i['city']} {i['letter']} {len(i['key'])}\"}\n",
  });
  await project.api(setVariableContract, {
    params: { project: project.id, variable: "CITY" },
    body: { value: "Oslo" },
  });
  await project.api(setVariableContract, { params: { project: project.id, variable: "N" }, body: { value: 7 } });
  const { id: workflow } = await project.api(createWorkflowContract, { body: { name: "Kinds" } });
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
  await page.getByRole("button", { name: /^By hand/ }).click();
  await page.getByRole("button", { name: "Test every-kind every-kind" }).click();
  const inspector = inspectorOf(page);
  await inspector.getByRole("textbox", { name: /^count/ }).fill("many");
  await expect(inspector.getByText(/must be a whole number/)).toBeVisible();
  await inspector.getByRole("textbox", { name: /^count/ }).fill("3");
  await inspector.getByRole("textbox", { name: /^ratio/ }).fill("1.5");
  await inspector.getByRole("switch", { name: /^on/ }).check();
  await inspector
    .getByRole("group", { name: "Where city comes from" })
    .getByRole("radio", { name: /variable/ })
    .check();
  await expect(inspector.getByLabel(/^city/).getByRole("option")).toHaveText(["Choose …", "CITY"]);
  await inspector.getByLabel(/^city/).selectOption("CITY");
  await inspector.getByRole("button", { name: "Open letter in an editor" }).click();
  const window = page.getByRole("dialog", { name: "letter" });
  await window.getByRole("textbox", { name: "letter" }).fill("Dear all");
  await window.getByRole("button", { name: "Done" }).click();
  await expect(inspector.getByRole("textbox", { name: /^letter/ })).toHaveValue("Dear all");
  await inspector.getByLabel(/^key/).fill("hunter2");
  await inspector.getByLabel(/^key/).press("Enter");
  await expect(inspector.getByText("••••••")).toBeVisible();
  await page.getByRole("button", { name: "Rename the workflow" }).focus();
  await expect(page.getByText("Nothing is wrong")).toBeVisible();
  await saved(page);
  expect((await show(project, workflow)).definition.nodes[1]?.inputs).toEqual({
    count: { static: 3 },
    ratio: { static: 1.5 },
    on: { static: true },
    city: { variable: "CITY" },
    letter: { static: "Dear all" },
    key: { sealed: true },
  });
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain("hunter2");

  await inspector.getByRole("tab", { name: "Results" }).click();
  await inspector.getByLabel("Add a key").selectOption({ label: "Test every-kind: said · string" });
  await page.getByRole("button", { name: "Test run" }).click();
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("region", { name: "Test run" }).getByText("Completed")).toBeVisible();
  await graphOf(page)
    .getByLabel(/^Answer/)
    .click();
  await inspector.getByRole("tab", { name: "Last run" }).click();
  await expect(inspector.getByText("3 1.5 True Oslo Dear all 7")).toBeVisible();
});

test("a file is chosen for an input", async ({ page, project }) => {
  await project.pushCode({
    id: "read-it",
    inputs: { file: "file" },
    outputs: { text: "string" },
    code: "def handle(i): return {'text': open(i['file']).read()}\n",
  });
  const { id: workflow } = await project.api(createWorkflowContract, { body: { name: "Reads" } });
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  await page.getByRole("button", { name: /^By hand/ }).click();
  await page.getByRole("button", { name: "Test read-it read-it" }).click();
  const inspector = inspectorOf(page);
  await inspector
    .getByLabel(/^file/)
    .setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("rain from the west") });
  await expect(inspector.getByText("notes.txt")).toBeVisible();
  await expect(page.getByText("Nothing is wrong")).toBeVisible();
  await inspector.getByRole("tab", { name: "Last run" }).click();
  await page.getByRole("button", { name: "Test run" }).click();
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(inspector.getByText("rain from the west")).toBeVisible();
});

test("another version of an action is taken once its interface has been compared", async ({ page, project }) => {
  const code = "def handle(i): return {'said': i['text']}\n";
  const outputs = { said: "string" } as const;
  await project.pushCode({ id: "say", version: "1.0", inputs: { text: "string", tone: "string" }, outputs, code });
  const { id: workflow } = await project.api(createWorkflowContract, { body: { name: "Says" } });
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  await page.getByRole("button", { name: /^By hand/ }).click();
  await page.getByRole("button", { name: "Test say say" }).click();
  const inspector = inspectorOf(page);
  await inspector.getByRole("textbox", { name: /^text/ }).fill("hello");
  await inspector.getByRole("textbox", { name: /^tone/ }).fill("loud");
  await inspector.getByRole("tab", { name: "Action" }).click();

  // What is pushed meanwhile is on offer without a reload.
  await project.pushCode({
    id: "say",
    version: "2.0",
    inputs: { text: "string", times: "integer" },
    outputs: { ...outputs, length: "integer" },
    code,
  });
  await inspector.getByLabel("say").selectOption({ label: "2.0 (newest)" });
  await expect(inspector.getByRole("list", { name: "Changes of the interface" }).getByRole("listitem")).toHaveText([
    /removed input tone/,
    /added input times integer, needed/,
    /added output length/,
  ]);
  await inspector.getByRole("button", { name: "Use version 2.0" }).click();
  await expect(page.getByRole("button", { name: "1 error" })).toBeVisible();
  await saved(page);
  expect((await show(project, workflow)).definition.nodes[1]).toMatchObject({
    action: { id: "say", version: "2.0" },
    inputs: { text: { static: "hello" } },
  });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Nothing is wrong")).toBeVisible();
});
