import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { countAccounts } from "@/lib/accounts";
import { messageOf } from "@/lib/errors";
import {
  holdsTenantsApart,
  listLiveWorkers,
  noteUptime,
  removeWorker,
  type SandboxReport,
  upsertWorker,
} from "@/lib/fleet";
import { logger } from "@/lib/logger";
import { type RunnerdClient, RunnerdLost } from "./action-runtime/client";
import type { WorkerConfig } from "./config";

const beatMs = 5_000;
/** runnerd tests its sandbox before it listens, so a worker that starts beside it may be there first. */
const runnerdWait = { everyMs: 100, tries: 300 };

/** Reports this worker to the fleet, and knows whether it may run actions as things stand. */
export class Presence {
  private report: SandboxReport | undefined;
  private accounts = 0;
  /** Live workers of the fleet, this one included. */
  workers = 1;
  private timer: NodeJS.Timeout | undefined;
  private readonly startedAt = new Date();

  constructor(
    private readonly workerId: string,
    private readonly runnerd: RunnerdClient,
    private readonly config: WorkerConfig,
  ) {}

  async start(): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.beat();
        break;
      } catch (error) {
        if (!(error instanceof RunnerdLost) || tries >= runnerdWait.tries) throw error;
        await delay(runnerdWait.everyMs);
      }
    }
    this.timer = setInterval(() => {
      this.beat().catch((error) => logger.warn({ reason: messageOf(error) }, "could not report this worker"));
    }, beatMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await removeWorker(this.workerId).catch(() => {});
  }

  get level(): string {
    return this.report?.level ?? "L0";
  }

  /** Why no handler may run here, or null. One operator on loopback may run theirs at any level. */
  refusal(): string | null {
    const { report } = this;
    if (!report || this.holdsTenantsApart(report) || this.config.allowUnsafeActions) return null;
    if (this.accounts <= 1 && this.config.isLoopback) return null;
    const who = this.config.isLoopback
      ? `there are ${this.accounts} accounts`
      : "it can be reached from other machines";
    return `Actions are not run on this machine: ${report.reason ?? report.meaning} and ${who}. To mend it: ${report.fix ?? "run workers elsewhere"}`;
  }

  private holdsTenantsApart({ level }: SandboxReport): boolean {
    return holdsTenantsApart(level, this.config.isConfinedEnough);
  }

  private async beat(): Promise<void> {
    // Asked anew: runnerd may have been started again on a machine that was mended meanwhile.
    this.report = await this.runnerd.report();
    if (!this.holdsTenantsApart(this.report)) this.accounts = await countAccounts();
    await upsertWorker({ id: this.workerId, host: hostname(), startedAt: this.startedAt, sandbox: this.report });
    await noteUptime();
    this.workers = (await listLiveWorkers()).length;
  }
}
