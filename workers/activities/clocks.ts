import { Context } from "@temporalio/activity";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { openProjectAsSystem } from "@/lib/projects";
import { cancelRun, findRun, listenForEnd } from "@/lib/runs";
import { type ClockRun, type FiredClock, fireClock } from "@/lib/triggers";

const heartbeatMs = 1_000;
const lookAgainMs = 60_000;

export interface RunRef {
  projectId: string;
  runId: string;
}

/** Nothing to stop: it has ended by itself, or is not kept any more. */
const isOver = (error: unknown) => error instanceof AppError && ["conflict", "not_found"].includes(error.code);

export function createClockActivities() {
  return {
    fireClock: (fired: FiredClock): Promise<ClockRun | null> => fireClock(fired),

    /** Holds the clock's next time up for as long as the run goes on; one that was deleted holds up nothing. */
    async awaitRunEnd({ projectId, runId }: RunRef): Promise<void> {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), heartbeatMs);
      const listener = listenForEnd(projectId, runId);
      try {
        while (!(await listener.read())) {
          await listener.wait(lookAgainMs, context.cancellationSignal);
          context.cancellationSignal.throwIfAborted();
          if (!(await inProject(projectId, (tx) => findRun(tx, projectId, runId)))) return;
        }
      } finally {
        clearInterval(beat);
        listener.close();
      }
    },

    async cancelClockRun({ projectId, runId }: RunRef): Promise<void> {
      await cancelRun(openProjectAsSystem("clock", projectId), { runId }).catch((error) => {
        if (!isOver(error)) throw error;
      });
    },
  };
}
