import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../bin/install.mjs";
import { startInstance } from "./instance.mjs";
import { bin, paint, print, say, seconds } from "./output.mjs";
import { readPlaywrightReport } from "./reports.mjs";
import { runSuite, settle } from "./suite.mjs";
import { ensureTools } from "./tools.mjs";

/**
 * @typedef {import("./reports.mjs").Counts} Counts
 * @typedef {{ session: import("./session.mjs").Session, tools: import("./tools.mjs").Tools }} StageContext
 * @typedef {{
 *   name: string,
 *   needs: string[],
 *   wants: string[],
 *   usesInstance: boolean,
 *   readsSources?: boolean,
 *   run: (context: StageContext) => Promise<Counts | undefined>,
 * }} Stage
 * `needs`: tools without which it cannot run; `wants`: those without which some of its tests are skipped
 * `readsSources`: it reads all there is, so nothing may be building meanwhile
 * `run` gives undefined where there is nothing to run
 */

const minute = 60_000;

/** A program that is one test: it passes with status 0. */
const check = (/** @type {string} */ name, /** @type {string[]} */ command) =>
  /** @type {Stage} */ ({
    name,
    needs: [],
    wants: [],
    usesInstance: false,
    readsSources: true,
    async run({ session }) {
      const { status, lines } = await session.run(command, { timeoutMs: 5 * minute });
      if (status === 0) return { passed: 1, failed: 0, skipped: 0 };
      lines.forEach(print);
      return { passed: 0, failed: 1, skipped: 0 };
    },
  });

/**
 * @param {string} name
 * @param {number} timeoutMs
 * @param {Partial<Stage> & { files?: number }} [more] `files`: how many test files run side by side
 * @returns {Stage}
 */
function suite(name, timeoutMs, { files = 1, ...more } = {}) {
  return {
    name,
    needs: ["bubblewrap", "Python"],
    wants: [],
    usesInstance: true,
    ...more,
    async run({ session }) {
      const folder = join(projectRoot, "tests", name);
      if (name !== "unit" && !(existsSync(folder) && readdirSync(folder).length > 0)) return undefined;
      return runSuite(session, { name, files, timeoutMs });
    },
  };
}

/** @type {Stage} */
const browser = {
  name: "e2e",
  needs: ["bubblewrap", "Python", "Chromium"],
  wants: [],
  usesInstance: true,
  async run({ session, tools }) {
    if (!existsSync(join(projectRoot, "tests", "e2e"))) return undefined;
    const report = join(session.folder, "e2e.json");
    const timeoutMs = 10 * minute;
    const ended = await session.run([bin("playwright"), "test", "--retries=1", "--reporter=line,json"], {
      timeoutMs,
      onLine: print,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM_PATH: tools.chromium },
    });
    return settle(readPlaywrightReport(report), ended, timeoutMs);
  },
};

/** @type {Stage[]} */
const stages = [
  check("biome", [bin("biome"), "check", "."]),
  check("tsc", [bin("tsc"), "--noEmit"]),
  suite("unit", 5 * minute, { files: 2, needs: [], usesInstance: false }),
  // Repositories are read from git's own servers.
  // They wait more than they work: two files at a time take half as long.
  suite("integration", 10 * minute, { files: 2, needs: ["bubblewrap", "Python", "git"], wants: ["OpenSSH"] }),
  // What it looks at is how much memory the instance takes, so nothing else may use it meanwhile.
  suite("large", 5 * minute),
  suite("api", 8 * minute, { files: 2 }),
  suite("tenancy", 5 * minute),
  // Each of its actions is tried against the real thing.
  suite("catalogue", 10 * minute, {
    files: 3,
    wants: [
      "MariaDB",
      "Redis",
      "Mosquitto",
      "Mosquitto's clients",
      "RabbitMQ",
      "Dovecot",
      "OpenSSH",
      "InfluxDB",
      "Maven",
      "iproute2",
    ],
  }),
  suite("workflows", 5 * minute),
  // These start runnerds of their own, as the launcher would.
  suite("sandbox", 10 * minute, { files: 2, usesInstance: false }),
  // What takes all of a machine that it can get is tried with nothing beside it.
  suite("limits", 5 * minute, { usesInstance: false }),
  browser,
  // These kill what they run on, so each starts an instance of its own.
  suite("survival", 12 * minute, { files: 3, needs: ["bubblewrap", "Python", "Chromium"], usesInstance: false }),
];

/** @param {string[]} names @throws Error for a name that is none */
export function chooseStages(names) {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(`There is no stage ${unknown.join(", ")}. They are ${stages.map(({ name }) => name).join(", ")}.`);
  }
  return names.length === 0 ? stages : stages.filter((stage) => names.includes(stage.name));
}

/** What the instance itself runs on. */
const instanceTools = ["bubblewrap", "Python"];

/**
 * @param {import("./session.mjs").Session} session
 * @param {import("./tally.mjs").Tally} tally
 * @param {Stage[]} wanted
 */
export async function runStages(session, tally, wanted) {
  const needsInstance = wanted.some((stage) => stage.usesInstance);
  const [checks, suites] = [
    wanted.filter((stage) => stage.readsSources),
    wanted.filter((stage) => !stage.readsSources),
  ];
  let tools = await ensureTools(session, needsInstance ? instanceTools : []);
  for (const stage of checks) await runStage(session, tally, stage, tools);
  // It builds for minutes, while servers are installed and whatever can do without it runs.
  const instance = needsInstance ? startedInstance(session, tally) : undefined;
  tools = await ensureTools(session, [...new Set(suites.flatMap((stage) => [...stage.needs, ...stage.wants]))]);
  const runnable = suites.filter((stage) => canRun(stage, tally, tools));
  const last = runnable.findLast((stage) => stage.usesInstance);
  for (const stage of runnable) {
    if (stage.usesInstance) await instance;
    await runStage(session, tally, stage, tools);
    if (stage === last) await session.stopInstance?.();
  }
}

/**
 * @param {import("./session.mjs").Session} session
 * @param {import("./tally.mjs").Tally} tally
 */
function startedInstance(session, tally) {
  const begun = Date.now();
  say(`${paint(36, "▸")} starting an instance`);
  const started = startInstance(session).then(() => {
    tally.pass("starting an instance");
    say(`${paint(32, "✓")} the instance runs (${seconds(begun)})`);
  });
  // Told where it is waited for.
  started.catch(() => {});
  return started;
}

/**
 * @param {Stage} stage
 * @param {import("./tally.mjs").Tally} tally
 * @param {import("./tools.mjs").Tools} tools
 */
function canRun(stage, tally, tools) {
  const remedyOf = (/** @type {string} */ tool) => tools.missing.get(tool);
  // On CI, a test that is skipped for want of a tool says nothing.
  for (const remedy of stage.wants.map(remedyOf)) if (remedy && process.env.CI) tally.fail(stage.name, remedy);
  const remedy = stage.needs.map(remedyOf).find(Boolean);
  if (!remedy) return true;
  if (process.env.CI) tally.fail(stage.name, remedy);
  else tally.skip(stage.name, remedy);
  return false;
}

/**
 * @param {import("./session.mjs").Session} session
 * @param {import("./tally.mjs").Tally} tally
 * @param {Stage} stage
 * @param {import("./tools.mjs").Tools} tools
 */
async function runStage(session, tally, stage, tools) {
  const begun = Date.now();
  say(`${paint(36, "▸")} ${stage.name}`);
  const counts = await stage.run({ session, tools });
  if (!counts) return say(`${paint(33, "–")} ${stage.name}: there are no such tests`);
  tally.add(stage.name, counts);
  const mark = counts.failed > 0 ? paint(31, "✗") : paint(32, "✓");
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  say(`${mark} ${stage.name}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds(begun)})`);
}
