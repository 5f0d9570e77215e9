import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { messageOf } from "@/lib/errors";
import { buildWeb, buildWorkflows } from "./build";
import type { SupervisedChild } from "./child";
import { ensureDatabase, prepareDatabase } from "./database";
import { greet } from "./greeting";
import { waitUntilHealthy } from "./health";
import { removeInstanceFile, writeInstanceFile } from "./instance-file";
import { assertPortFree } from "./ports";
import { startPostgres } from "./postgres";
import { startProcesses } from "./processes";
import { paint, sinceStart, step } from "./progress";
import { readSecrets } from "./secrets";
import { readSettings, type Settings, StartFailed } from "./settings";
import { findTemporal, startTemporal } from "./temporal";

const projectRoot = process.cwd();
const namespace = process.env.TEMPORAL_NAMESPACE ?? "default";

/** Stopped in the reverse of the order in which they were started. */
const children: SupervisedChild[] = [];
let stopping: Promise<void> | undefined;

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const child of [...children].reverse()) {
      child.onChange = () => {};
      await child.stop();
    }
  })();
  return stopping;
}

/** One launcher per state folder. */
function claimHome(home: string): () => void {
  mkdirSync(home, { recursive: true });
  const file = join(home, "launcher.pid");
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (holder && holder !== process.pid && isLauncher(holder)) {
    throw new StartFailed(
      `Millrace is already running from ${home} (pid ${holder}).`,
      "Stop it first, or start a second one beside it: PORT=3001 MILLRACE_HOME=.millrace-2 npm start",
    );
  }
  writeFileSync(file, String(process.pid));
  return () => {
    removeInstanceFile(home);
    rmSync(file, { force: true });
  };
}

function isLauncher(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("start.mjs");
  } catch {
    return false;
  }
}

async function startDatabase(settings: Settings, logsDir: string, password: string, secret: string): Promise<string> {
  let ownerUrl = settings.databaseUrl;
  if (!ownerUrl) {
    const server = await step("Starting Postgres", async () => {
      const started = await startPostgres(settings.home, logsDir, password);
      children.push(started.child);
      return started;
    });
    ownerUrl = await ensureDatabase(server.adminUrl);
  }
  const url = ownerUrl;
  return step("Migrating the database", async () => {
    try {
      return await prepareDatabase(url, secret, projectRoot);
    } catch (cause) {
      if (cause instanceof StartFailed) throw cause;
      const where = settings.databaseUrl ? `DATABASE_URL (${new URL(url).host})` : "the embedded database";
      throw new StartFailed(
        `${where} could not be prepared: ${messageOf(cause)}`,
        "Check that it can be reached and that its role may create tables.",
        { cause },
      );
    }
  });
}

async function startTemporalServer(settings: Settings, logsDir: string): Promise<string> {
  if (settings.temporalAddress) return settings.temporalAddress;
  return step("Starting Temporal", async (note) => {
    const program = await findTemporal(settings.temporalBin, note);
    const started = await startTemporal(program, settings.home, logsDir, namespace);
    children.push(started.child);
    return started.address;
  });
}

async function main(): Promise<void> {
  const settings = readSettings();
  await assertPortFree(settings.port, settings.host);
  const release = claimHome(settings.home);
  const onSignal = async () => {
    if (stopping) return;
    console.log("\nStopping …");
    await stopAll();
    release();
    console.log("Stopped.");
    process.exit(0);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);

  const logsDir = join(settings.home, "logs");
  try {
    const secrets = readSecrets(settings.home);
    const secret = settings.secret ?? secrets.secret;
    const built = step("Building", async (note) => {
      const [isNew, workflowBundle] = await Promise.all([buildWeb(projectRoot), buildWorkflows(projectRoot)]);
      note(isNew ? "the web application was built" : "nothing has changed since the last build");
      return workflowBundle;
    });
    // Awaited below; a failure before that must not go unhandled.
    built.catch(() => {});
    const [databaseUrl, temporalAddress] = await Promise.all([
      startDatabase(settings, logsDir, secrets.postgresPassword, secret),
      startTemporalServer(settings, logsDir),
    ]);
    const workflowBundle = await built;
    const health = await step("Starting web, worker and runnerd", async () => {
      children.push(
        ...startProcesses({
          settings,
          logsDir,
          databaseUrl,
          temporalAddress,
          namespace,
          secret,
          workflowBundle,
          projectRoot: resolve(projectRoot),
        }),
      );
      const facts = { url: settings.publicUrl, databaseUrl, temporalAddress, namespace };
      const write = () => writeInstanceFile(settings.home, facts, children);
      for (const child of children) child.onChange = write;
      write();
      return waitUntilHealthy(settings, children);
    });
    greet(settings, health, logsDir);
    console.log(paint(2, `Ready after ${sinceStart()}. Ctrl-C stops everything.`));
  } catch (error) {
    await stopAll();
    release();
    if (stopping && process.exitCode === 0) return;
    throw error;
  }
}

/** Says what went wrong, and what to do about it where that is known. */
function giveUp(error: unknown): never {
  console.error(`\n${paint(31, "✗")} ${messageOf(error)}`);
  if (error instanceof StartFailed) console.error(`  ${error.remedy}`);
  else console.error(error);
  process.exit(1);
}

// Whoever read what it says may go: what runs goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
await main().catch(giveUp);
