import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures?: string[], unsteady?: string[] }} Counts
 * `failures`: which failed, and the first line of why; `unsteady`: likewise, what then passed at a second try
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ title: string, file: string, ok: boolean, tests: { status: string, results: { error?: { message?: string } }[] }[] }} PlaywrightTest
 * @typedef {{ suites?: PlaywrightSuite[], specs?: PlaywrightTest[] }} PlaywrightSuite
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they colour what was meant for a terminal.
const firstLine = (text = "") => text.replace(/\u001b\[\d+m/g, "").split("\n", 1)[0];

/**
 * @param {VitestFile} file
 * @returns {Counts}
 */
function countsOf(file) {
  const name = relative(process.cwd(), file.name);
  const having = (/** @type {string} */ status) => file.assertionResults.filter((test) => test.status === status);
  const [passed, failed] = [having("passed"), having("failed")];
  const failures = failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  // One that could not be loaded, or whose preparations failed, has no test that did.
  if (file.status === "failed" && failed.length === 0) failures.push(`${name}: ${firstLine(file.message)}`);
  const skipped = file.assertionResults.length - passed.length - failed.length;
  return { passed: passed.length, failed: failures.length, skipped, failures };
}

/**
 * Vitest's report, by test file.
 * @param {string} path @returns {Map<string, Counts> | undefined}
 */
export function readVitestReport(path) {
  if (!existsSync(path)) return undefined;
  /** @type {{ testResults: VitestFile[] }} */
  const { testResults } = JSON.parse(readFileSync(path, "utf8"));
  return new Map(testResults.map((file) => [file.name, countsOf(file)]));
}

/** @param {Map<string, Counts>} files @returns {Counts} */
export function totalOf(files) {
  const all = [...files.values()];
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ what) =>
    all.reduce((total, counts) => total + counts[what], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    failures: all.flatMap(({ failures = [] }) => failures),
  };
}

/** @param {PlaywrightSuite} suite @returns {PlaywrightTest[]} */
const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** @param {string} path @returns {Counts | undefined} */
export function readPlaywrightReport(path) {
  if (!existsSync(path)) return undefined;
  const { stats, errors, suites } = JSON.parse(readFileSync(path, "utf8"));
  const specs = specsOf({ suites });
  const told = (/** @type {PlaywrightTest} */ spec) => {
    const [reason] = spec.tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []));
    return `tests/e2e/${spec.file} > ${spec.title}: ${firstLine(reason)}`;
  };
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: specs.filter((spec) => !spec.ok).map(told),
    unsteady: specs.filter((spec) => spec.tests.some(({ status }) => status === "flaky")).map(told),
  };
}
