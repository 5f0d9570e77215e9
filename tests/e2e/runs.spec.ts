import { startRunContract } from "@/lib/runs/contract";
import { expect, open, packages, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

test("a running run is followed in its log and by its progress, then canceled for good", async ({
  busyPage: page,
  busy,
}) => {
  const run = await busy.api(startRunContract, {
    params: { project: busy.id, workflow: busy.workflowId },
    body: { input: { text: "slowly", seconds: 50 } },
  });
  await open(page, `/${busy.id}/runs/${run.id}?step=shout&view=log`);
  await expect(page.getByText("INFO beat 1", { exact: true })).toBeVisible();
  await expect(page.getByText("INFO beat 5", { exact: true })).toBeVisible();
  const bar = page.getByRole("progressbar", { name: "Progress" });
  await expect(bar).toHaveAttribute("aria-valuenow", /^([3-9]|\d\d)$/);
  await expect(page.getByText(/^beat \d+ of 200$/)).toBeVisible();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("The run was canceled")).toBeVisible();
  await expect(page.getByRole("button", { name: "Shout it: Canceled" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel run" })).toBeHidden();
});

test("a log is narrowed to levels and to a text while it grows", async ({ busyPage: page, busy }) => {
  const run = await busy.api(startRunContract, {
    params: { project: busy.id, workflow: busy.workflowId },
    body: { input: { text: "please fail", seconds: 2 } },
  });
  await open(page, `/${busy.id}/runs/${run.id}?step=shout&view=log`);
  const levels = page.getByRole("group", { name: "Levels of the log" });
  const lines = page.getByRole("region", { name: "Log lines" });
  await levels.getByRole("button", { name: /^Info: \d/ }).click();
  await expect(page).toHaveURL(/level=info/);
  await expect(lines.getByText("INFO beat 8", { exact: true })).toBeVisible();
  const errors = levels.getByRole("button", { name: /^Errors: [1-9]/ });
  await expect(errors).toBeEnabled();
  await expect(lines.getByText(/^INFO/)).not.toHaveCount(0);
  await expect(lines.getByText(/Traceback|ValueError/)).toHaveCount(0);
  await errors.click();
  await levels.getByRole("button", { name: /^Info/ }).click();
  // A traceback stays whole, though only its first and last lines say that they are errors.
  await expect(lines.getByText(/^ {2}File ".*", line \d+, in handle$/)).toBeVisible();
  await expect(lines.getByText("ValueError: it was asked to fail", { exact: true })).toBeVisible();
  await expect(lines.getByText(/^INFO/)).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search the log" }).fill("no such words");
  await expect(page.getByText("No error holds “no such words”.")).toBeVisible();
  await page.getByRole("button", { name: "Show all lines" }).click();
  await expect(lines.getByText("INFO beat 1", { exact: true })).toBeVisible();
  await expect(page).not.toHaveURL(/level=/);
});

test("run now, from the form that the workflow's inputs make", async ({ busyPage: page, busy }) => {
  await open(page, `/${busy.id}/workflows/${busy.workflowId}`);
  await page.getByRole("button", { name: "Run now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Text").fill("three little words");
  await dialog.getByLabel("Seconds").fill("soon");
  await dialog.getByRole("button", { name: "Run now" }).click();
  await expect(dialog.getByText("Give a number.")).toBeVisible();
  await expect(dialog.getByLabel("Text")).toHaveValue("three little words");
  await dialog.getByLabel("Seconds").fill("0");
  await dialog.getByRole("button", { name: "Run now" }).click();
  await expect(page.getByText("THREE LITTLE WORDS")).toBeVisible();
  await expect(page.getByText("By hand")).toBeVisible();
});

test("a run is started with a file and a switch", async ({ page, project }) => {
  const { id } = await project.deployManual({
    name: "Keeps a note",
    inputs: { note: "file", loud: { type: "boolean", optional: true } },
    results: { note: "api.note", loud: "api.loud" },
  });
  await open(page, `/${project.id}/workflows/${id}`);
  await page.getByRole("button", { name: "Run now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Run now" }).click();
  await expect(dialog.getByText("Choose a file.")).toBeVisible();
  const file = { name: "today.txt", mimeType: "text/plain", buffer: Buffer.from("rain from the west") };
  await dialog.getByLabel("note").setInputFiles(file);
  await expect(dialog.getByText("Not given")).toBeVisible();
  await dialog.getByRole("switch", { name: /^loud/ }).check();
  await dialog.getByRole("button", { name: "Run now" }).click();
  const result = page.getByRole("tabpanel", { name: "Result" });
  await expect(result.getByText("today.txt")).toBeVisible();
  await expect(result.getByText("true", { exact: true })).toBeVisible();
  await result.getByRole("button", { name: "Show" }).click();
  await expect(result.getByText("rain from the west")).toBeVisible();
});

test("a failure shows its error with the traceback folded, and can be replayed from there", async ({
  busyPage: page,
  busy,
}) => {
  const answer = await busy.post("/summaries", { text: "please fail" });
  expect(answer.status).toBe(500);
  const { workflow_run_id } = await answer.json();
  await open(page, `/${busy.id}/runs?state=failed`);
  await page.getByRole("link", { name: workflow_run_id }).click();
  await expect(page.getByText("key test", { exact: true })).toBeVisible();
  await page.getByRole("tab", { name: "HTTP answer" }).click();
  await expect(page.getByText("finds the reason in the dashboard").first()).toBeVisible();
  await page.getByRole("button", { name: "Shout it: Failed" }).click();
  await expect(page.getByText("it was asked to fail", { exact: true })).toBeVisible();
  await expect(page.getByText(/at handle/)).toBeHidden();
  await page.getByText("Traceback").click();
  await expect(page.getByText(/at handle/)).toBeVisible();
  await page.getByRole("button", { name: "Replay from here" }).click();
  await expect(page.getByText("Replay of an earlier run")).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(workflow_run_id));
});

test("filters stand in the address", async ({ busyPage: page, busy }) => {
  await busy.post("/summaries", { text: "fine" });
  await open(page, `/${busy.id}/runs`);
  await page.getByRole("radio", { name: "Canceled" }).check();
  await expect(page).toHaveURL(/state=canceled/);
  await page.getByRole("radio", { name: "Completed" }).check();
  await expect(page).toHaveURL(/state=completed/);
  await expect(page.getByRole("list", { name: "Runs" }).getByLabel("Completed").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Completed" })).toBeChecked();
});

test("a run is replayed with another input, and all that a search finds are deleted", async ({ page, project }) => {
  await project.push(packages);
  await project.deploy(summaryWorkflow());
  await project.post("/summaries", { text: "rain" });
  const run = (await project.post("/summaries", { text: "snow" })).headers.get("x-workflow-run-id");
  await page.goto(`/${project.id}/runs/${run}`);
  await page.getByRole("button", { name: "Edit and replay" }).click();
  const dialog = page.getByRole("dialog");
  const input = dialog.getByLabel("Input");
  await expect(input).toHaveValue(/"text": "snow"/);
  await input.fill('{"text": 3}');
  await dialog.getByRole("button", { name: "Replay" }).click();
  await expect(dialog.getByText(/input.text: Must be a string/)).toBeVisible();
  await input.fill('{"text": "hail"}');
  await dialog.getByRole("button", { name: "Replay" }).click();
  // The field, too, holds the word: what was typed is not yet what was answered.
  await expect(page.getByRole("tabpanel", { name: "Result" }).getByText("HAIL", { exact: true })).toBeVisible();

  await page.goto(`/${project.id}/runs`);
  const rows = page.getByRole("list", { name: "Runs" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Run id or input text" }).fill("rain");
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "For all of these runs" }).click();
  await page.getByRole("menuitem", { name: "Delete all of these" }).click();
  await expect(page.getByRole("dialog").getByText("Delete the ended runs among these 1?")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Delete runs" }).click();
  await expect(page.getByText("1 run deleted")).toBeVisible();
  await expect(page.getByText("No run matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all runs" }).click();
  await expect(rows).toHaveCount(2);
});
