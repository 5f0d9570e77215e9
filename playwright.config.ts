import { defineConfig } from "@playwright/test";
import { chromiumPath } from "./tests/e2e/support/chromium";
import { instance } from "./tests/support/instance";

/** Browser tests talk to a running instance (`MILLRACE_TEST_HOME`) and use the system's own Chromium. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env.CI ? "line" : "list",
  use: {
    baseURL: instance().url,
    // A trace of everything takes a quarter of the time; on CI, what a failed test saw is kept as text and as a picture.
    trace: process.env.CI ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromiumPath(),
      // As root, which CI is, Chromium's own sandbox cannot be had.
      args: ["--no-sandbox"],
    },
  },
});
