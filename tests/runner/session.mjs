import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../bin/install.mjs";
import { paint, say } from "./output.mjs";
import { findStrays, markName, signalGroup, start, within } from "./processes.mjs";

const stopPatienceMs = 40_000;
const strayPatienceMs = 5_000;

/** A developer's own services are not for tests to write into. */
const notPassedOn =
  /^(DATABASE_URL|PORT|HOST|TEMPORAL_.*|BLOB_STORE_URL|NODE_ENV|NODE_OPTIONS|(GITHUB|GOOGLE|OIDC)_.*|MILLRACE_(?!TEMPORAL_BIN$).*)$/;

/** What one run of the tests owns: a folder, the processes in it, and their end. */
export class Session {
  mark = randomUUID();
  folder = mkdtempSync(join(tmpdir(), "millrace-tests-"));
  interrupted = false;
  /** @type {Set<ReturnType<typeof start>>} */
  running = new Set();
  /** Set while an instance runs: stops it. @type {(() => Promise<void>) | undefined} */
  stopInstance;

  /** @param {import("./tally.mjs").Tally} tally */
  constructor(tally) {
    this.tally = tally;
    // The embedded Postgres may have to run as another user, who must get in.
    chmodSync(this.folder, 0o755);
    mkdirSync(join(this.folder, "tmp"), { mode: 0o1777 });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => this.interrupt());
    }
    // Whatever happens to this process short of SIGKILL, nothing stays behind.
    process.on("exit", () => {
      this.killStrays();
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  get home() {
    return join(this.folder, "home");
  }

  /** @param {NodeJS.ProcessEnv} [extra] @returns {NodeJS.ProcessEnv} */
  environment(extra = {}) {
    const kept = Object.entries(process.env).filter(([name]) => !notPassedOn.test(name));
    const own = { TMPDIR: join(this.folder, "tmp"), [markName]: this.mark, MILLRACE_TEST_HOME: this.home };
    const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
    return { ...Object.fromEntries(kept), ...own, ...color, XDG_CONFIG_HOME: join(this.folder, "config"), ...extra };
  }

  /**
   * Runs a program to its end.
   * @param {string[]} command
   * @param {{ timeoutMs: number, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
   * @returns {Promise<{ status: number | null, timedOut: boolean, lines: string[] }>}
   */
  async run([program = "", ...args], { timeoutMs, env, onLine }) {
    this.assertGoing();
    /** @type {string[]} */
    const lines = [];
    const take = (/** @type {string} */ line) => {
      lines.push(line);
      onLine?.(line);
    };
    const process = start(program, args, { env: this.environment(env), cwd: projectRoot, onLine: take });
    this.running.add(process);
    const timedOut = !(await within(process.ended, timeoutMs));
    if (process.child.pid) signalGroup(process.child.pid, "SIGKILL");
    const status = await process.ended;
    this.running.delete(process);
    this.assertGoing();
    return { status, timedOut, lines };
  }

  assertGoing() {
    if (this.interrupted) throw new Error("interrupted");
  }

  interrupt() {
    if (this.interrupted) process.exit(130);
    this.interrupted = true;
    say("\nStopping … (again to stop at once)");
    this.tally.fail("the run", "it was interrupted");
    for (const { child } of this.running) if (child.pid) signalGroup(child.pid, "SIGTERM");
    setTimeout(() => {
      for (const { child } of this.running) if (child.pid) signalGroup(child.pid, "SIGKILL");
    }, 5_000).unref();
  }

  killStrays() {
    const strays = findStrays(this.mark, this.folder);
    for (const { pid } of strays) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Gone in the meantime.
      }
    }
    return strays;
  }

  /** @param {ReturnType<typeof start>} launcher @returns {Promise<boolean>} whether it ended by itself */
  async stopLauncher(launcher) {
    launcher.child.kill("SIGTERM");
    const ended = await within(launcher.ended, stopPatienceMs);
    if (!ended && launcher.child.pid) signalGroup(launcher.child.pid, "SIGKILL");
    return ended;
  }

  /** What is still there after everything was stopped, given a moment to go. */
  async strays() {
    const deadline = Date.now() + strayPatienceMs;
    for (;;) {
      const strays = findStrays(this.mark, this.folder);
      if (strays.length === 0 || Date.now() > deadline) return strays;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async close() {
    await this.stopInstance?.();
    const strays = await this.strays();
    for (const { pid, command } of strays) say(`${paint(33, "!")} left behind and stopped: ${command} (pid ${pid})`);
    if (strays.length > 0 && !this.interrupted)
      this.tally.fail("the run", `${strays.length} processes were left behind`);
    this.killStrays();
    if (this.tally.failed > 0) this.keepLogs();
    await this.removeFolder();
  }

  keepLogs() {
    const logs = join(this.home, "logs");
    if (!existsSync(logs)) return;
    const kept = join(projectRoot, "test-results", "logs");
    rmSync(kept, { recursive: true, force: true });
    cpSync(logs, kept, { recursive: true });
    say(`The instance's logs are in ${kept}`);
  }

  async removeFolder() {
    for (let tries = 0; tries < 20 && existsSync(this.folder); tries++) {
      // A process that was just killed may still be writing.
      try {
        rmSync(this.folder, { recursive: true, force: true });
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}
