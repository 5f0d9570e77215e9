import { join } from "node:path";
import { bin, print, say } from "./output.mjs";
import { readVitestReport, totalOf } from "./reports.mjs";

/**
 * @typedef {import("./reports.mjs").Counts} Counts
 * @typedef {{ name: string, files: number, timeoutMs: number }} Suite
 * `files`: how many test files run side by side
 */

/** Where more test files than this fail, it is not by chance. */
const mostTriedAgain = 3;

/**
 * A runner that ended badly without saying so in its report has failed too.
 * @param {Counts | undefined} counts
 * @param {{ status: number | null, timedOut: boolean }} ended
 * @param {number} timeoutMs
 * @returns {Counts}
 */
export function settle(counts, { status, timedOut }, timeoutMs) {
  if (timedOut) say(`  It took longer than ${timeoutMs / 60_000} min and was stopped.`);
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {import("./session.mjs").Session} session
 * @param {Suite} suite
 * @param {{ report: string, only?: string[] }} attempt
 */
async function attempt(session, { name, files, timeoutMs }, { report, only = [] }) {
  const path = join(session.folder, report);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
  const command = [bin("vitest"), "run", "--project", name, `--maxWorkers=${files}`, ...reporters, ...only];
  const ended = await session.run(command, { timeoutMs, onLine: print, env: { NODE_ENV: "test" } });
  return { ended, counts: readVitestReport(path) };
}

/**
 * Runs a project of Vitest. The few files that failed are tried once more, alone, and what passes only then is told by name.
 * @param {import("./session.mjs").Session} session
 * @param {Suite} suite
 * @returns {Promise<Counts>}
 */
export async function runSuite(session, suite) {
  const first = await attempt(session, suite, { report: `${suite.name}.json` });
  if (!first.counts) return settle(undefined, first.ended, suite.timeoutMs);
  const failed = [...first.counts].filter(([, counts]) => counts.failed > 0);
  if (failed.length === 0 || failed.length > mostTriedAgain || first.ended.timedOut)
    return settle(totalOf(first.counts), first.ended, suite.timeoutMs);
  say("  What failed is tried once more, alone.");
  const only = failed.map(([file]) => file);
  const second = await attempt(session, { ...suite, files: 1 }, { report: `${suite.name}-again.json`, only });
  const counts = totalOf(new Map([...first.counts, ...(second.counts ?? [])]));
  const unsteady = failed
    .filter(([file]) => second.counts?.get(file)?.failed === 0)
    .flatMap(([, { failures = [] }]) => failures);
  return { ...settle(counts, second.ended, suite.timeoutMs), unsteady };
}
