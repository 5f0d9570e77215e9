import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import type { Host } from "./host";
import type { Interpreter } from "./interpreters";
import { killInside } from "./kill-inside";
import { type Launched, launch } from "./launch";
import { type ProcessSpec, type RuntimeError, supervisorError } from "./protocol";
import { SandboxProcess } from "./sandbox-process";

const policy = {
  maxProcesses: 32,
  maxCalls: 1_000,
  maxAgeMs: 60 * 60_000,
  idleMs: 5 * 60_000,
  /** A call that waits this long for a free process has another one started. */
  growAfterMs: 20,
};

interface Waiter {
  resolve: (process: SandboxProcess) => void;
  reject: (error: RuntimeError) => void;
}

/** The warm processes of one `ProcessSpec`; calls beyond their number wait in line. */
export class ProcessPool {
  private readonly idle: { process: SandboxProcess; since: number }[] = [];
  private readonly waiting: Waiter[] = [];
  /** Those that have not loaded their handler yet. */
  private readonly beginning = new Set<Launched>();
  private busy = 0;
  private starting = 0;
  private growTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: Host,
    private readonly level: SandboxLevel,
    private readonly spec: ProcessSpec,
    private readonly interpreter: Interpreter,
  ) {}

  /** Node cannot fork: there, each call has a process of its own from the start. */
  private get isUsedOnce(): boolean {
    return this.spec.isolation === "fresh" && this.spec.language === "node";
  }

  /** Calls wait in line for each other; triggers, which never end, do not. */
  private get maxProcesses(): number {
    return this.spec.trigger ? Number.POSITIVE_INFINITY : policy.maxProcesses;
  }

  get size(): number {
    return this.idle.length + this.busy + this.starting;
  }

  get isIdle(): boolean {
    return this.busy + this.starting + this.waiting.length === 0;
  }

  get idleSince(): number {
    return this.idle.at(-1)?.since ?? 0;
  }

  /** @throws RuntimeError when the package cannot be loaded or the sandbox not be made */
  acquire(): Promise<SandboxProcess> {
    for (let entry = this.idle.pop(); entry; entry = this.idle.pop()) {
      if (entry.process.usable) {
        this.busy++;
        this.keepSpare();
        return Promise.resolve(entry.process);
      }
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      if (this.size === 0) this.start();
      else this.growSoon();
    });
  }

  release(process: SandboxProcess): void {
    this.busy--;
    const worn =
      this.isUsedOnce || process.calls >= policy.maxCalls || Date.now() - process.startedAt > policy.maxAgeMs;
    if (!process.usable || worn) {
      process.kill();
      if (this.waiting.length > this.starting) this.start();
      return;
    }
    this.hand(process);
  }

  /** Starts a process ahead of the first call. */
  prewarm(): void {
    if (this.size === 0) this.start();
  }

  evictIdle(now: number): void {
    while (this.idle[0] && now - this.idle[0].since > policy.idleMs) this.idle.shift()?.process.kill();
  }

  evictOne(): boolean {
    const entry = this.idle.shift();
    entry?.process.kill();
    return entry !== undefined;
  }

  async close(): Promise<void> {
    const begun = [...this.beginning].map(async ({ innerPid }) => killInside(await innerPid));
    await Promise.all([...this.idle.splice(0).map(({ process }) => process.kill()), ...begun]);
  }

  /** A process that is used once is not waited for: the next one has been started by then. */
  private keepSpare(): void {
    if (this.isUsedOnce && this.idle.length + this.starting === 0 && this.size < this.maxProcesses) this.start();
  }

  private hand(process: SandboxProcess): void {
    const waiter = this.waiting.shift();
    if (waiter) {
      this.busy++;
      waiter.resolve(process);
      this.keepSpare();
    } else {
      this.idle.push({ process, since: Date.now() });
    }
  }

  private growSoon(): void {
    this.growTimer ??= setTimeout(() => {
      this.growTimer = undefined;
      const wanted = Math.min(this.waiting.length - this.starting, this.maxProcesses - this.size);
      // Half at a time: most waits end sooner with a process that comes free.
      for (let count = Math.ceil(wanted / 2); count > 0; count--) this.start();
      if (this.waiting.length > 0) this.growSoon();
    }, policy.growAfterMs);
  }

  private async start(): Promise<void> {
    this.starting++;
    const processDir = join(this.host.stateDir, randomUUID());
    const { entry, inputs, outputs, isolation, trigger } = this.spec;
    try {
      const launched = await launch(this.host, this.level, {
        ...this.spec,
        interpreter: this.interpreter,
        processDir,
      });
      this.beginning.add(launched);
      const process = await SandboxProcess.start(launched, processDir, {
        ...{ entry, inputs, outputs, isolation },
        ...(trigger && { trigger }),
      }).finally(() => this.beginning.delete(launched));
      this.starting--;
      this.hand(process);
    } catch (error) {
      this.starting--;
      // One waiter for one failed start: a package that cannot be loaded fails each of its calls.
      this.waiting.shift()?.reject(asRuntimeError(error));
      if (this.waiting.length > this.starting && this.size === 0) this.start();
    }
  }
}

function asRuntimeError(error: unknown): RuntimeError {
  if (error instanceof Error)
    return supervisorError("sandboxUnavailable", `The sandbox could not be made: ${error.message}`);
  return error as RuntimeError;
}
