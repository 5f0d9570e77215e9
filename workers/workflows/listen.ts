import {
  ActivityFailure,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { createListenerActivities } from "../activities/listeners";

type Listeners = ReturnType<typeof createListenerActivities>;

const timeouts = {
  /** A local activity that says a name. */
  ask: "2s",
  /** A worker that does not take its own task for this long is lost, or has its hands full. */
  pickUp: "3s",
  listen: "365d",
  /** A worker that is silent for this long is lost. Longer than the lease that it gives itself. */
  heartbeat: "4s",
} as const;
/** What a listener stands on is away, or its worker was lost. */
const troublePauseMs = 1_000;

const here = proxyLocalActivities<Pick<Listeners, "listenerQueue">>({ startToCloseTimeout: timeouts.ask });

function onWorker(queue: string) {
  return proxyActivities<Pick<Listeners, "listen">>({
    taskQueue: queue,
    startToCloseTimeout: timeouts.listen,
    scheduleToStartTimeout: timeouts.pickUp,
    heartbeatTimeout: timeouts.heartbeat,
    retry: { maximumAttempts: 1 },
  });
}

/** Something was deployed or stopped. */
const wake = defineSignal("wake");

/** Sees to it that a live version's trigger listens somewhere in the fleet, once at a time. */
export async function listen(of: { projectId: string; workflowId: string }): Promise<void> {
  let isWoken = false;
  setHandler(wake, () => {
    isWoken = true;
  });
  // A common queue would hand the work to a machine that has just died, as long as it seems to ask: whoever does this
  // workflow's task is alive.
  const attempt = async () => {
    try {
      return await onWorker(await here.listenerQueue()).listen(of);
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
      log.warn("a trigger is listened with anew", { reason: error.cause?.message });
      return { kind: "failed", waitMs: troublePauseMs } as const;
    }
  };
  for (;;) {
    isWoken = false;
    const end = await attempt();
    if (end.kind === "over" && !isWoken) return;
    if (end.kind === "failed") await condition(() => isWoken, end.waitMs);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof listen>(of);
  }
}
