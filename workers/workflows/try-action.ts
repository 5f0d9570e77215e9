import { proxyActivities } from "@temporalio/workflow";
import type { TrialEnd, TrialRequest } from "@/lib/actions";
import { queues } from "@/lib/temporal/queues";
import type { createTrialActivities } from "../activities/trials";

type Trials = ReturnType<typeof createTrialActivities>;

// Once more where its machine died. A build and a call, each within its own limit.
const trying = proxyActivities<Pick<Trials, "tryAction">>({
  taskQueue: queues.trials,
  scheduleToCloseTimeout: "38m",
  heartbeatTimeout: "10s",
  retry: { initialInterval: "500ms", maximumAttempts: 2 },
  cancellationType: "WAIT_CANCELLATION_COMPLETED",
});

export async function tryAction(request: TrialRequest): Promise<TrialEnd> {
  return trying.tryAction(request);
}
