import { CancellationScope, isCancellation, proxyActivities, workflowInfo } from "@temporalio/workflow";
import type { createClockActivities } from "../activities/clocks";

type Clocks = ReturnType<typeof createClockActivities>;

const timeouts = {
  /** Starting a run is a matter of milliseconds, and a time of a clock that a lost worker had taken waits this long. */
  fire: "10s",
  run: "30d",
  heartbeat: "10s",
} as const;

// Without an end: a time that has come is started once the databases are back, or is judged too late by then.
const firing = proxyActivities<Pick<Clocks, "fireClock" | "cancelClockRun">>({
  startToCloseTimeout: timeouts.fire,
  retry: { initialInterval: "500ms", maximumInterval: "10s" },
});
const waiting = proxyActivities<Pick<Clocks, "awaitRunEnd">>({
  startToCloseTimeout: timeouts.run,
  heartbeatTimeout: timeouts.heartbeat,
  retry: { initialInterval: "500ms", maximumInterval: "10s" },
  cancellationType: "WAIT_CANCELLATION_COMPLETED",
});

/** When the schedule had this execution due, which is not when it was started. */
function dueTime(): Date {
  const { searchAttributes, startTime } = workflowInfo();
  const [scheduled] = (searchAttributes.TemporalScheduledStartTime ?? []) as (Date | string)[];
  return scheduled === undefined ? startTime : new Date(scheduled);
}

/**
 * One time of a clock. It lasts as long as its run where the next time depends on that, so that Temporal's schedule
 * itself leaves out, queues or cancels.
 */
export async function fireClock(clock: { projectId: string; workflowId: string }): Promise<void> {
  const started = await firing.fireClock({ ...clock, fired: dueTime().toISOString() });
  if (!started?.isWaitedFor) return;
  const run = { projectId: clock.projectId, runId: started.runId };
  try {
    await waiting.awaitRunEnd(run);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() => firing.cancelClockRun(run));
    throw error;
  }
}
