import { AxeBuilder } from "@axe-core/playwright";
import { ListeningWorkflow } from "../support/listeners";
import { triggerFile } from "../support/workflow-file";
import { expect, open, packages, test } from "./support/test";

const inputs = {
  text: { type: "longstring" as const, help: "What is to be shouted" },
  times: { type: "integer" as const, optional: true },
  tone: { type: "enum" as const, enum_values: ["kind", "harsh"] },
  attachment: { type: "file" as const, optional: true },
};
const form = () =>
  triggerFile(
    "postgw",
    { introduction: "We answer at once.", submit_label: "Shout it" },
    {
      name: "Shout for me",
      inputs,
      steps: { shout: { use: "shout", with: { text: "=api.text" } } },
      results: { shouted: "shout.shouted", file: "api.attachment" },
    },
  );

test("a visitor fills in a form, is told what is wrong with it, and sees the result come in", async ({
  page,
  project,
}) => {
  await project.push(packages);
  const { live } = await project.deploy(form());
  await page.context().clearCookies();
  await page.goto(live?.formUrl ?? "");
  await expect(page.getByRole("heading", { name: "Shout for me" })).toBeVisible();
  await expect(page).toHaveTitle("Shout for me");
  await expect(page.getByText("We answer at once.")).toBeVisible();
  await page.getByRole("button", { name: "Shout it" }).click();
  await expect(page.getByText("Fill this in.")).toHaveCount(2);
  await expect(page.getByLabel("text")).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

  await page.getByLabel("text").fill("all is well");
  await page.getByLabel("times").fill("many");
  await page.getByLabel("tone").selectOption("kind");
  await page.getByRole("button", { name: "Shout it" }).click();
  await expect(page.getByText("Give a whole number.")).toBeVisible();
  await page.getByLabel("times").fill("2");
  await page
    .getByLabel("attachment")
    .setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
  await expect(page.getByText("a.txt")).toBeVisible();
  await page.getByRole("button", { name: "Shout it" }).click();
  const result = page.getByRole("region", { name: "Result" });
  await expect(result.getByText("ALL IS WELL")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    result.getByRole("link", { name: "Download file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("a.txt");

  await page.reload();
  await expect(result.getByText("ALL IS WELL")).toBeVisible();
  await result.getByRole("button", { name: "Fill in another" }).click();
  await expect(page.getByLabel("text")).toHaveValue("");
});

test("events come in on the workflow's page, and are delivered again", async ({ page, project }) => {
  await project.push(packages);
  const { id, live } = await project.deploy(form());
  await open(page, `/${project.id}/workflows/${id}?tab=events`);
  await expect(page.getByRole("link", { name: live?.formUrl ?? "" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No events yet" })).toBeVisible();
  const body = JSON.stringify({ text: "hello", tone: "kind" });
  const headers = { "content-type": "application/json", "idempotency-key": "order 66" };
  await fetch(`${live?.formUrl}/submissions`, { method: "POST", body, headers });
  const events = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(events.filter({ hasText: "order 66" }).getByText("Started")).toBeVisible();
  await fetch(`${live?.formUrl}/submissions`, { method: "POST", body, headers });
  await expect(events.getByText("Duplicate")).toBeVisible();
  await page.getByText("Started", { exact: true }).first().click();
  await expect(events).toHaveCount(1);
  await events.first().getByRole("button", { name: "Deliver order 66 again" }).click();
  await expect(page.getByText("A run was started")).toBeVisible();
  await expect(events).toHaveCount(2);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
});

test("a clock's page tells its next ten times", async ({ page, project }) => {
  const settings = { foreach: "30 18 * * mon-fri", timezone: "Europe/Paris" };
  const { id } = await project.deploy(triggerFile("crongw", settings, { name: "Every evening" }));
  await open(page, `/${project.id}/workflows/${id}?tab=events`);
  const next = page.getByRole("list", { name: "Next times" }).getByRole("listitem");
  await expect(next).toHaveCount(10);
  await expect(next.first()).toContainText("18:30:00");
  await expect(page.getByRole("heading", { name: "Every weekday at 18:30" })).toBeVisible();
});

test("a trigger's page tells how it does while it does", async ({ page, project }) => {
  const workflow = await ListeningWorkflow.deploy(project, {
    id: "moody",
    code: `
import asyncio
async def run(service, input_values):
    if not await service.get_cursor("tried"):
        await service.set_cursor("tried", True)
        raise ConnectionError("the broker is not there")
    print("connected")
    await asyncio.Event().wait()
`,
  });
  await open(page, `/${project.id}/workflows/${workflow.id}?tab=events`);
  await expect(page.getByRole("heading", { name: "Test moody" })).toBeVisible();
  await expect(page.getByRole("tabpanel", { name: "Events" }).getByText("Listening", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "The trigger's log" })).toContainText("connected");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  await workflow.stop();
});
