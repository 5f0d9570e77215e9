import { CancelledFailure, Context } from "@temporalio/activity";
import type { TrialEnd, TrialRequest } from "@/lib/actions";
import type { Trials } from "../trials/trials";

const heartbeatMs = 1_000;

export function createTrialActivities({ trials }: { trials: Trials }) {
  return {
    /** Builds a package that nothing is kept of, and calls its handler once. */
    async tryAction(request: TrialRequest): Promise<TrialEnd> {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), heartbeatMs);
      try {
        const end = await trials.run(request, context.cancellationSignal);
        if (end.state === "canceled") throw new CancelledFailure("the trial was stopped");
        return end;
      } finally {
        clearInterval(beat);
      }
    },
  };
}
