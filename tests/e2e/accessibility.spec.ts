import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { setVariableContract } from "@/lib/variables/contract";
import { expect, packages, signInAs, test } from "./support/test";
import { summaryWorkflow } from "./support/workflow-files";

// What fades in, or changes with the theme, has its final colours only once it is drawn with them.
const settled = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    // What follows the scrolling of a row never ends.
    const timed = document.getAnimations().filter(({ timeline }) => timeline === document.timeline);
    await Promise.all(timed.map((animation) => animation.finished.catch(() => {})));
  });

async function findings(page: Page, theme: "light" | "dark"): Promise<string[]> {
  await settled(page);
  // No part of a screen comes from another origin, so the slower mode that can look into such parts is not needed.
  const scan = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (theme === "dark") scan.withRules(["color-contrast", "link-in-text-block"]);
  const { violations } = await scan.analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n    ")}`);
}

/** In light all is looked at; in dark the same elements have other colours, so those alone. */
async function expectNoSeriousFinding(page: Page, screen: string): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    // Once more where something was found: the screen may have been changing its theme just then.
    await expect(async () => expect(await findings(page, theme), `${screen}, ${theme}`).toEqual([])).toPass({
      timeout: 20_000,
      intervals: [500],
    });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

test.use({ colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });
// Every screen is looked at twice.
test.describe.configure({ timeout: 180_000 });

test("the pages before signing in have no serious finding", async ({ page }) => {
  for (const path of ["/sign-in", "/sign-up", "/nowhere/at-all"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.getByRole("button").first().click({ trial: true });
    await expectNoSeriousFinding(page, path);
  }
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Use at least 8 characters.")).toBeVisible();
  await expectNoSeriousFinding(page, "sign-up with errors");
});

test("each screen of a project has no serious finding", async ({ page, busy }) => {
  await signInAs(page, busy.admin);
  await busy.api(setVariableContract, { params: { project: busy.id, variable: "CITY" }, body: { value: "Oslo" } });
  const failed = (await (await busy.post("/summaries", { text: "please fail" })).json()).workflow_run_id;
  await busy.post("/summaries", { text: "all is well" });
  const root = `/${busy.id}`;
  const screens = [
    "/account",
    "/projects",
    root,
    `${root}?q=nothing-like-this`,
    `${root}/runs`,
    `${root}/runs/${failed}`,
    `${root}/runs/${failed}?step=shout`,
    `${root}/runs/${failed}?as=both`,
    `${root}/runs/${failed}?step=shout&view=log`,
    `${root}/runs/${failed}?step=shout&view=inputs`,
    `${root}/library`,
    `${root}/library/shout/1.0`,
    `${root}/library/shout/1.0/edit`,
    `${root}/start`,
    `${root}/settings`,
    `${root}/settings/keys`,
    `${root}/settings/members`,
    `${root}/settings/sources`,
    `${root}/settings/variables`,
    `${root}/settings/usage`,
    `${root}/settings/audit`,
    `${root}/workflows/${busy.workflowId}`,
    `${root}/workflows/${busy.workflowId}?tab=call`,
    `${root}/workflows/${busy.workflowId}?tab=versions`,
    `${root}/workflows/${busy.workflowId}?tab=runs`,
    `${root}/workflows/${busy.workflowId}?tab=events`,
    `${root}/workflows/${busy.workflowId}/studio`,
    `${root}/runs/WorkflowRun-1-nothing`,
  ];
  for (const screen of screens) {
    await page.goto(screen);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expectNoSeriousFinding(page, screen);
  }
});

test("the studio's panels and dialogs have no serious finding", async ({ page, project }) => {
  await project.push(packages);
  const { id } = await project.deploy(summaryWorkflow());
  await page.goto(`/${project.id}/workflows/${id}/studio`);
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await page.getByLabel("Trigger HTTP API JSON").click();
  await expectNoSeriousFinding(page, "the trigger's settings");
  await page.getByLabel("Step Shout it").click();
  for (const tab of ["Configure", "Results", "Action", "Last run"]) {
    await inspector.getByRole("tab", { name: tab }).click();
    await expectNoSeriousFinding(page, `the inspector's ${tab}`);
  }
  await inspector.getByRole("tab", { name: "Configure" }).click();
  await inspector.getByRole("button", { name: /^Do not wait for/ }).click();
  await page.getByRole("button", { name: /errors?/ }).click();
  await expect(page.getByRole("list", { name: "Problems" })).toBeVisible();
  await expectNoSeriousFinding(page, "problems");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Nothing is wrong")).toBeVisible();
  for (const button of ["Test run", "Deploy", "Version history"]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoSeriousFinding(page, button);
    await page.keyboard.press("Escape");
  }
  await page.getByLabel("From HTTP API JSON to Shout it").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Insert a step here" })).toBeVisible();
  await expectNoSeriousFinding(page, "a connection's verbs");
});

test("menus and dialogs have no serious finding", async ({ busyPage: page, busy }) => {
  const root = `/${busy.id}`;
  const openings: [string, string | RegExp][] = [
    [root, "Import workflow"],
    [root, "New workflow"],
    [root, /^Actions for/],
    [root, /^Account:/],
    [root, /^Project:/],
    [`${root}/library`, "Add actions"],
    [`${root}/library`, "Catalogue"],
    [`${root}/settings/keys`, "New key"],
    [`${root}/settings/sources`, "Add repository"],
    [`${root}/settings/members`, "Invite"],
    [`${root}/settings/variables`, "New variable"],
    [`${root}/settings/usage`, "Change the limit: Memory of a call"],
    [`${root}/workflows/${busy.workflowId}`, "Run now"],
  ];
  for (const [path, button] of openings) {
    await page.goto(path);
    await page.getByRole("button", { name: button }).filter({ visible: true }).first().click();
    await expect(page.getByRole("dialog").or(page.getByRole("menu"))).toBeVisible();
    await expectNoSeriousFinding(page, `${path} with ${button}`);
  }
});
