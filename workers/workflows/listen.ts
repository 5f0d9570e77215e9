import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import { queues } from "@/lib/temporal/queues";
import type { createListenerActivities } from "../activities/listeners";

type Listeners = ReturnType<typeof createListenerActivities>;

const timeouts = {
  listen: "365d",
  /** A worker that is silent for this long is lost, and another one listens. Longer than the lease that it gives itself. */
  heartbeat: "8s",
} as const;

const listening = proxyActivities<Listeners>({
  taskQueue: queues.listeners,
  startToCloseTimeout: timeouts.listen,
  heartbeatTimeout: timeouts.heartbeat,
  retry: { initialInterval: "500ms", maximumInterval: "2s" },
});

/** Something was deployed or stopped. */
const wake = defineSignal("wake");

/** Sees to it that a live version's trigger listens somewhere in the fleet, once at a time. */
export async function listen(of: { projectId: string; workflowId: string }): Promise<void> {
  let isWoken = false;
  setHandler(wake, () => {
    isWoken = true;
  });
  for (;;) {
    isWoken = false;
    const end = await listening.listen(of);
    if (end.kind === "over" && !isWoken) return;
    if (end.kind === "failed") await condition(() => isWoken, end.waitMs);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof listen>(of);
  }
}
