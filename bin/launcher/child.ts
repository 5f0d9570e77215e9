import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { warn } from "./progress";

export interface ChildSpec {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  stopSignal: NodeJS.Signals;
  /** Gives the child an IPC channel, by which it notices that the launcher is gone. */
  ipc?: boolean;
}

const backoff = { firstMs: 500, mostMs: 15_000 };
/** One that ran for this long did not fail at start: the next wait is short again. */
const settledMs = 30_000;
const stopPatienceMs = 15_000;

/** A process that is kept running: restarted with growing pauses until it is told to stop. */
export class SupervisedChild {
  private child: ChildProcess | undefined;
  private stopping = false;
  private waitMs = backoff.firstMs;
  private timer: NodeJS.Timeout | undefined;
  private readonly log: WriteStream;
  private lastLines: string[] = [];
  private exits = 0;

  constructor(
    private readonly spec: ChildSpec,
    logsDir: string,
  ) {
    mkdirSync(logsDir, { recursive: true });
    this.log = createWriteStream(join(logsDir, `${spec.name}.log`), { flags: "a" });
  }

  /** Called after each start and each end. */
  onChange: () => void = () => {};

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** How often it has ended by itself. */
  get failures(): number {
    return this.exits;
  }

  get lastWords(): string {
    return this.lastLines.join("\n");
  }

  start(): void {
    const { command, args, env, cwd, ipc, name } = this.spec;
    const startedAt = Date.now();
    const child = spawn(command, args, {
      env,
      cwd,
      // An open stdin tells children without a channel that the launcher lives.
      stdio: ["pipe", "pipe", "pipe", ...(ipc ? (["ipc"] as const) : [])],
      // Ctrl-C on the terminal goes to the launcher alone, which stops the others in order.
      detached: true,
    });
    this.child = child;
    this.onChange();
    child.stdin?.on("error", () => {});
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data: Buffer) => {
        this.log.write(data);
        this.lastLines = [...this.lastLines, ...data.toString().split("\n").filter(Boolean)].slice(-8);
      });
    }
    child.once("error", (error) => this.lastLines.push(error.message));
    child.once("close", (code, signal) => {
      this.child = undefined;
      this.onChange();
      if (this.stopping) return;
      this.exits++;
      if (Date.now() - startedAt > settledMs) this.waitMs = backoff.firstMs;
      warn(`${name} ended (${signal ?? `status ${code}`}); starting it again in ${this.waitMs / 1000} s`);
      this.timer = setTimeout(() => this.start(), this.waitMs);
      this.waitMs = Math.min(this.waitMs * 2, backoff.mostMs);
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
      child.kill(this.spec.stopSignal);
      const timer = setTimeout(() => killGroup(child), stopPatienceMs);
      await gone;
      clearTimeout(timer);
      killGroup(child);
    }
    this.log.end();
  }
}

/** What a child left behind in its group goes with it. */
function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing left.
  }
}
