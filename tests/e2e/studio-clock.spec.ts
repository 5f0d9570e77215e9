import { showClockContract } from "@/lib/triggers/contract";
import { createWorkflowContract } from "@/lib/workflows/contract";
import { inspectorOf, saved, show } from "./support/studio";
import { expect, open, test } from "./support/test";

test("when a clock starts runs is said in plain words, with its next times", async ({ page, project }) => {
  const { id: workflow } = await project.api(createWorkflowContract, { body: { name: "Evenings" } });
  await open(page, `/${project.id}/workflows/${workflow}/studio`);
  await page.getByRole("complementary", { name: "Library" }).getByRole("button", { name: /^Cron/ }).click();
  const inspector = inspectorOf(page);
  const repeats = inspector.getByRole("combobox", { name: /^Cron expression|^Repeats/ });
  const words = inspector.getByLabel("In words");
  const times = inspector.getByRole("list", { name: "Next times" }).getByRole("listitem");

  await repeats.selectOption("Every month");
  await inspector.getByLabel("Day of the month").selectOption("on the last day");
  await inspector.getByLabel("Time of day").fill("18:30");
  await expect(words).toHaveText("On the last day of every month at 18:30");
  await repeats.selectOption("On chosen days");
  await inspector.getByRole("checkbox", { name: "Thursday" }).check();
  await expect(words).toHaveText("Every Monday and Thursday at 18:30");
  await repeats.selectOption("Every weekday");
  await expect(words).toHaveText("Every weekday at 18:30");
  await inspector.getByLabel(/^Time zone/).fill("Asia/Tokyo");
  await expect(times).toHaveText(Array.from({ length: 10 }, () => /(Mon|Tue|Wed|Thu|Fri).*18:30:00/));

  // What has no plain words stays the expression that it is.
  await repeats.selectOption("As an expression");
  const expression = inspector.getByRole("textbox", { name: /^Cron expression/ });
  await expect(expression).toHaveValue("30 18 * * mon-fri");
  await expression.fill("0 9,17 24-31 12 *");
  await expect(words).toBeHidden();
  await expect(times.first()).toHaveText(/Dec .*09:00:00/);
  await expression.fill("0 25 * * *");
  await expect(inspector.getByText(/cannot be used/)).toBeVisible();
  await expression.fill("*/20 * * * *");
  await expect(words).toHaveText("Every 20 minutes");
  await saved(page);
  const { definition } = await show(project, workflow);
  expect(definition.nodes[0]?.inputs).toEqual({
    foreach: { static: "*/20 * * * *" },
    timezone: { static: "Asia/Tokyo" },
  });
  const shown = await times.getByRole("time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime")));

  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await page.getByRole("button", { name: "Deploy now" }).click();
  await expect(page.getByText("Evenings v1 is live")).toBeVisible();
  const live = () => project.api(showClockContract, { params: { project: project.id, workflow } });
  await expect.poll(async () => (await live()).next.slice(0, 5)).toEqual(expect.arrayContaining(shown.slice(1, 5)));
});
