import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@/lib/errors";
import { freePort } from "@/lib/free-port.mjs";
import { findProgram } from "@/workers/action-runtime/program";
import { SupervisedChild } from "./child";
import { StartFailed } from "./settings";

// Later versions have a `replace` in their go.mod and cannot be installed with `go install`.
const version = "1.5.1";
const goPackage = `github.com/temporalio/cli/cmd/temporal@v${version}`;
const downloadPatienceMs = 60_000;
const goInstallPatienceMs = 15 * 60_000;
const startPatienceMs = 60_000;

function cacheFolder(): string {
  const base =
    process.env.XDG_CACHE_HOME ??
    (process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache"));
  return join(base, "millrace");
}

/** The SDK's own download, into our cache. */
async function download(folder: string): Promise<string> {
  const { TestWorkflowEnvironment } = await import("@temporalio/testing");
  const timeout = delay(downloadPatienceMs).then(() =>
    Promise.reject(new Error(`no answer within ${downloadPatienceMs / 1000} s`)),
  );
  const started = TestWorkflowEnvironment.createLocal({
    server: { executable: { type: "cached-download", downloadDir: folder, version: `v${version}` } },
  });
  const environment = await Promise.race([started, timeout]);
  await environment.teardown();
  const found = readdirSync(folder).find((name) => name.startsWith("temporal-"));
  if (!found) throw new Error("the download left no program behind");
  return join(folder, found);
}

/** Builds the server with Go: about two minutes, once. */
async function goInstall(folder: string, go: string, note: (text: string) => void): Promise<void> {
  note(`building the Temporal server with Go (${goPackage}); this takes a few minutes, once`);
  const child = spawn(go, ["install", goPackage], {
    env: { ...process.env, GOBIN: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (data) => {
    errors = (errors + data).slice(-2_000);
  });
  const begun = Date.now();
  const ticker = setInterval(() => note(`still building (${Math.round((Date.now() - begun) / 1000)} s)`), 30_000);
  const timer = setTimeout(() => child.kill("SIGKILL"), goInstallPatienceMs);
  const status = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  clearTimeout(timer);
  clearInterval(ticker);
  if (status !== 0) throw new Error(errors.trim().split("\n").at(-1) ?? `go ended with status ${status}`);
}

/** The Temporal program: given, on the PATH, cached, downloaded, or built. @throws StartFailed with all that was tried */
export async function findTemporal(given: string | undefined, note: (text: string) => void): Promise<string> {
  if (given) {
    if (existsSync(given)) return given;
    throw new StartFailed(`MILLRACE_TEMPORAL_BIN names ${given}, which does not exist.`, "Correct or unset it.");
  }
  const tried: string[] = [];
  const onPath = findProgram("temporal");
  if (onPath) return onPath;
  tried.push("there is no `temporal` on the PATH");
  const folder = cacheFolder();
  const cached = join(folder, `temporal-${version}`);
  if (existsSync(cached)) return cached;
  tried.push(`nothing is cached at ${cached}`);
  mkdirSync(folder, { recursive: true });
  try {
    note("fetching the Temporal server");
    renameSync(await download(join(folder)), cached);
    return cached;
  } catch (error) {
    tried.push(`the download failed: ${messageOf(error).split("\n")[0]}`);
  }
  const go = findProgram("go") ?? findProgram("/usr/local/go/bin/go");
  if (!go) tried.push("there is no Go to build it with");
  else {
    try {
      await goInstall(folder, go, note);
      renameSync(join(folder, "temporal"), cached);
      return cached;
    } catch (error) {
      tried.push(`building it with Go failed: ${messageOf(error)}`);
    }
  }
  throw new StartFailed(
    `The Temporal server could not be found or fetched: ${tried.join("; ")}.`,
    "Install it (https://docs.temporal.io/cli#install) so that `temporal` is on the PATH, or use a cluster: TEMPORAL_ADDRESS=host:7233 npm start",
  );
}

/**
 * See docs/decisions/002: WAL with `synchronous=normal` survives the death of a process, and the poll limits are what a
 * task waits for on a server with one shard.
 */
const serverOptions = [
  ...["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"],
  ...[
    "history.transferProcessorMaxPollRPS=200",
    "history.timerProcessorMaxPollRPS=200",
    "matching.useNewMatcher=true",
    "matching.enableFairness=true",
    "matching.numTaskqueueReadPartitions=1",
    "matching.numTaskqueueWritePartitions=1",
    "limit.blobSize.error=4194304",
  ].flatMap((value) => ["--dynamic-config-value", value]),
];

export interface StartedTemporal {
  child: SupervisedChild;
  address: string;
}

/** A server that a launcher before this one left running would hold the database file. */
async function stopStale(file: string): Promise<void> {
  if (process.platform !== "linux") return;
  const isOurs = (pid: string) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return words.includes("start-dev") && words.includes(file);
    } catch {
      return false;
    }
  };
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isOurs(name))) {
    process.kill(Number(pid), "SIGTERM");
    for (let tries = 0; tries < 100 && isOurs(pid); tries++) await delay(100);
    if (isOurs(pid)) process.kill(Number(pid), "SIGKILL");
  }
}

/** Starts the embedded server on a free port of the loopback address, its state in one file. */
export async function startTemporal(
  program: string,
  home: string,
  logsDir: string,
  namespace: string,
): Promise<StartedTemporal> {
  const file = join(home, "temporal.db");
  await stopStale(file);
  const port = await freePort();
  const args = [
    "server",
    "start-dev",
    "--headless",
    "--ip",
    "127.0.0.1",
    "--port",
    String(port),
    "--db-filename",
    file,
  ];
  const child = new SupervisedChild(
    {
      name: "temporal",
      command: program,
      args: [...args, "--namespace", namespace, "--log-level", "error", ...serverOptions],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production" },
      cwd: home,
      stopSignal: "SIGTERM",
    },
    logsDir,
  );
  child.start();
  const deadline = Date.now() + startPatienceMs;
  while (!(await answers(port))) {
    if (Date.now() > deadline || child.failures > 2) {
      await child.stop();
      throw new StartFailed(
        `The Temporal server did not start: ${child.lastWords}`,
        "See temporal.log in the logs folder, or use a cluster: TEMPORAL_ADDRESS=host:7233 npm start",
      );
    }
    await delay(100);
  }
  return { child, address: `127.0.0.1:${port}` };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
