import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumPath } from "@/tests/e2e/support/chromium";
import { instance } from "@/tests/support/instance";
import { TestProject } from "@/tests/support/project";
import { furnishDemo } from "./demo";

const folder = join(process.cwd(), "docs", "screenshots");
const size = { width: 1360, height: 850 };

async function signedIn(browser: Browser, project: TestProject): Promise<Page> {
  const context = await browser.newContext({ baseURL: project.url, viewport: size, reducedMotion: "reduce" });
  const page = await context.newPage();
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const { email, password } = project.admin;
  await page.request.post("/api/auth/callback/password", { form: { csrfToken, email, password, json: "true" } });
  return page;
}

/** Each picture: where, and what is to be seen before it is taken. */
async function take(page: Page, name: string, path: string, ready: (page: Page) => Promise<unknown>): Promise<void> {
  await page.goto(path);
  await ready(page);
  await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {});
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stderr.write(`• ${name}.png\n`);
}

mkdirSync(folder, { recursive: true });
const project = await TestProject.create(instance().url, "Coast weather");
const { workflow, run } = await furnishDemo(project);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
try {
  const page = await signedIn(browser, project);
  const root = `/${project.id}`;
  await take(page, "workflows", root, (shown) => shown.getByRole("link", { name: "Harbour report" }).waitFor());
  await take(page, "run", `${root}/runs/${run}?step=forecast`, (shown) =>
    shown.getByText("Completed").first().waitFor(),
  );
  await take(page, "studio", `${root}/workflows/${workflow}/studio`, async (shown) => {
    await shown.getByRole("button", { name: "Test run" }).click();
    await shown.getByRole("dialog").getByLabel("city").fill("Bergen");
    await shown.getByRole("dialog").getByLabel("days").fill("3");
    await shown.getByRole("button", { name: "Run the draft" }).click();
    await shown.getByRole("region", { name: "Test run" }).getByText("Completed").waitFor();
    await shown.getByLabel("Step Write summary").click();
    const inspector = shown.getByRole("complementary", { name: "Inspector" });
    await inspector.getByRole("tab", { name: "Last run" }).click();
    await inspector.getByText("high tide").waitFor();
    await shown.getByRole("button", { name: "Show everything" }).click();
  });
  await take(page, "runs", `${root}/runs`, (shown) => shown.getByRole("list", { name: "Runs" }).waitFor());
  await take(page, "api-docs", `/user-api/${project.id}/docs`, async (shown) => {
    await shown.locator(".opblock-summary").filter({ hasText: "/weather/" }).first().click();
    await shown.getByRole("button", { name: "Try it out" }).waitFor();
  });
} finally {
  await browser.close();
}
