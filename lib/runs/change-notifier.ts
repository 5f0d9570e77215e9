import { tell } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";

/** How long a change may go untold: runs that end sooner are told of once, by their end. */
const everyMs = 250;

/** Tells screens which runs have moved, at most a few times a second for each. */
export class ChangeNotifier {
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  note(projectId: string, runId: string): void {
    this.changed.add(`${projectId}/${runId}`);
    this.timer ??= setTimeout(() => this.flush(), everyMs);
  }

  /** The run has ended, of which its end tells. */
  forget(projectId: string, runId: string): void {
    this.changed.delete(`${projectId}/${runId}`);
  }

  private flush(): void {
    this.timer = undefined;
    const payloads = [...this.changed];
    this.changed.clear();
    if (payloads.length === 0) return;
    tell("run_changed", payloads).catch((error) =>
      logger.warn({ reason: messageOf(error) }, "could not tell that runs have changed"),
    );
  }
}
