import type { Context } from "@temporalio/activity";
import { logger } from "@/lib/logger";
import { ActivityNotFoundError, temporalClient } from "@/lib/temporal";

const beatEveryMs = 700;
const answerPatienceMs = 1_500;
/** Shorter than the heartbeat timeout, after which Temporal has another worker listen. */
const heldMs = 3_200;

/**
 * The right to listen, which lasts as long as Temporal hears of it. The worker's own heartbeats do not say whether they
 * arrived: these do, so that a worker that is cut off stops before another one begins.
 */
export class Lease {
  private readonly lost = new AbortController();
  private readonly stopping = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private heldUntil = Date.now() + heldMs;
  private isBeating = false;

  constructor(private readonly context: Context) {
    this.timer = setInterval(() => void this.beat(), beatEveryMs);
    // Whatever Temporal cancels it for, a graceful end is right: a shutdown gives it time, and no answer is waited for.
    context.cancellationSignal.addEventListener("abort", () => this.stopping.abort(), { once: true });
    if (context.cancellationSignal.aborted) this.stopping.abort();
  }

  /** Another worker may listen from now on. */
  get lostSignal(): AbortSignal {
    return this.lost.signal;
  }

  /** This worker is to stop, in order. */
  get stoppingSignal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Also true to its word in a process that has been asleep. */
  get isHeld(): boolean {
    if (Date.now() > this.heldUntil) this.lose("Temporal was not heard of");
    return !this.lost.signal.aborted;
  }

  get remainingMs(): number {
    return this.isHeld ? Math.max(0, this.heldUntil - Date.now()) : 0;
  }

  release(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    this.context.heartbeat();
    if (!this.isHeld || this.isBeating) return;
    this.isBeating = true;
    const asked = Date.now();
    try {
      const client = await temporalClient();
      const { taskToken } = this.context.info;
      await client.withDeadline(asked + answerPatienceMs, () => client.activity.heartbeat(taskToken));
      this.heldUntil = Math.max(this.heldUntil, asked + heldMs);
    } catch (error) {
      if (error instanceof ActivityNotFoundError) this.lose("another worker has taken over");
    } finally {
      this.isBeating = false;
    }
  }

  private lose(reason: string): void {
    if (this.lost.signal.aborted) return;
    logger.warn({ reason }, "a trigger is not listened with here any more");
    this.lost.abort();
  }
}
