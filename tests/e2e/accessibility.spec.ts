import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { setVariableContract } from "@/lib/variables/contract";
import { expect, signInAs, test } from "./support/test";

async function expectNoSeriousFinding(page: Page, screen: string): Promise<void> {
  // What fades in has its final colours only once it is there.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n    ")}`);
  expect(told, screen).toEqual([]);
}

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });

    test(`the pages before signing in have no serious finding`, async ({ page }) => {
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

    test(`each screen of a project has no serious finding`, async ({ page, busy }) => {
      test.setTimeout(180_000);
      await signInAs(page, busy.admin);
      await busy.api(setVariableContract, { params: { project: busy.id, variable: "CITY" }, body: { value: "Oslo" } });
      const failed = (await (await busy.post("/summaries", { text: "please fail" })).json()).workflow_run_id;
      await busy.post("/summaries", { text: "all is well" });
      const root = `/${busy.id}`;
      const screens = [
        "/projects",
        root,
        `${root}?q=nothing-like-this`,
        `${root}/runs`,
        `${root}/runs/${failed}`,
        `${root}/runs/${failed}?step=shout`,
        `${root}/runs/${failed}?step=shout&view=log`,
        `${root}/runs/${failed}?step=shout&view=inputs`,
        `${root}/library`,
        `${root}/library/shout/1.0`,
        `${root}/settings`,
        `${root}/settings/keys`,
        `${root}/settings/members`,
        `${root}/settings/variables`,
        `${root}/workflows/${busy.workflowId}`,
        `${root}/workflows/${busy.workflowId}?tab=call`,
        `${root}/workflows/${busy.workflowId}?tab=versions`,
        `${root}/workflows/${busy.workflowId}?tab=runs`,
        `${root}/runs/WorkflowRun-1-nothing`,
      ];
      for (const screen of screens) {
        await page.goto(screen);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expectNoSeriousFinding(page, screen);
      }
    });

    test(`menus and dialogs have no serious finding`, async ({ busyPage: page, busy }) => {
      const root = `/${busy.id}`;
      const openings: [string, string | RegExp][] = [
        [root, "Import workflow"],
        [root, /^Actions for/],
        [root, /^Account:/],
        [root, /^Project:/],
        [`${root}/library`, "Add actions"],
        [`${root}/library`, "Catalogue"],
        [`${root}/settings/keys`, "New key"],
        [`${root}/settings/members`, "Invite"],
        [`${root}/settings/variables`, "New variable"],
        [`${root}/workflows/${busy.workflowId}`, "Run now"],
      ];
      for (const [path, button] of openings) {
        await page.goto(path);
        await page.getByRole("button", { name: button }).filter({ visible: true }).first().click();
        await expect(page.getByRole("dialog").or(page.getByRole("menu"))).toBeVisible();
        await expectNoSeriousFinding(page, `${path} with ${button}`);
      }
    });
  });
}
