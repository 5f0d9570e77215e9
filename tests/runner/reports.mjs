import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Counts
 * `failures`: which failed, and the first line of why
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ title: string, file: string, ok: boolean, tests: { results: { error?: { message?: string } }[] }[] }} PlaywrightTest
 * @typedef {{ suites?: PlaywrightSuite[], specs?: PlaywrightTest[] }} PlaywrightSuite
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they colour what was meant for a terminal.
const firstLine = (text = "") => text.replace(/\u001b\[\d+m/g, "").split("\n", 1)[0];

/**
 * Vitest's report; a file that could not be loaded has no tests and counts as one failure.
 * @param {string} path @returns {Counts | undefined}
 */
export function readVitestReport(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, "utf8"));
  /** @type {VitestFile[]} */
  const files = report.testResults.filter((/** @type {VitestFile} */ file) => file.status === "failed");
  const failures = files.flatMap((file) => {
    const name = relative(process.cwd(), file.name);
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0) return [`${name}: ${firstLine(file.message)}`];
    return failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures,
  };
}

/** @param {PlaywrightSuite} suite @returns {PlaywrightTest[]} */
const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** @param {string} path @returns {Counts | undefined} */
export function readPlaywrightReport(path) {
  if (!existsSync(path)) return undefined;
  const { stats, errors, suites } = JSON.parse(readFileSync(path, "utf8"));
  const failed = specsOf({ suites }).filter((spec) => !spec.ok);
  const reasonOf = (/** @type {PlaywrightTest} */ spec) => firstLine(spec.tests[0]?.results.at(-1)?.error?.message);
  return {
    // A test that passed at the second try did pass, as Playwright's own status says.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: failed.map((spec) => `tests/e2e/${spec.file} > ${spec.title}: ${reasonOf(spec)}`),
  };
}
