import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Vitest's report; a file that could not be loaded has no tests and counts as one failure.
 * @param {string} path @returns {Counts | undefined}
 */
export function readVitestReport(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, "utf8"));
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** @param {string} path @returns {Counts | undefined} */
export function readPlaywrightReport(path) {
  if (!existsSync(path)) return undefined;
  const { stats, errors } = JSON.parse(readFileSync(path, "utf8"));
  return {
    // A test that passed at the second try did pass, as Playwright's own status says.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}
