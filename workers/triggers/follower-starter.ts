import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { startFollowers } from "@/lib/triggers";

interface EndedRun {
  projectId: string;
  runId: string;
}

/** How many ended runs' followers are started at a time. */
const lanes = 8;

/** Starts what starts after runs that have ended on this worker, few at a time; what fails, housekeeping finds. */
export class FollowerStarter {
  private readonly waiting: EndedRun[] = [];
  private busy = 0;

  add(run: EndedRun): void {
    this.waiting.push(run);
    if (this.busy < lanes) void this.work();
  }

  private async work(): Promise<void> {
    this.busy++;
    for (let run = this.waiting.shift(); run; run = this.waiting.shift()) {
      await startFollowers(run).catch((error) =>
        logger.warn({ reason: messageOf(error), runId: run?.runId }, "what starts after a run is started later"),
      );
    }
    this.busy--;
  }
}
