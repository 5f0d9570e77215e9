import { startRunContract } from "@/lib/runs/contract";
import { expect, open, test } from "./support/test";

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

test("a failure shows its error with the traceback folded, and can be replayed from there", async ({
  busyPage: page,
  busy,
}) => {
  const answer = await busy.post("/summaries", { text: "please fail" });
  expect(answer.status).toBe(500);
  const { workflow_run_id } = await answer.json();
  await open(page, `/${busy.id}/runs?state=failed`);
  await page.getByRole("link", { name: workflow_run_id }).click();
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
