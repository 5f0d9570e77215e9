import { proxyActivities } from "@temporalio/workflow";
import type { createHousekeepingActivities } from "../activities/housekeeping";

type Housekeeping = ReturnType<typeof createHousekeepingActivities>;

const building = proxyActivities<Pick<Housekeeping, "buildActionVersion">>({
  startToCloseTimeout: "30m",
  retry: { initialInterval: "1s", maximumInterval: "30s", maximumAttempts: 5 },
});
const reconciling = proxyActivities<Pick<Housekeeping, "reconcile">>({
  startToCloseTimeout: "10m",
  retry: { maximumAttempts: 1 },
});
// One that was killed on the way has left nothing half done: the schedule's next time goes on.
const cleaning = proxyActivities<Pick<Housekeeping, "cleanUp">>({
  startToCloseTimeout: "6h",
  heartbeatTimeout: "10m",
  retry: { maximumAttempts: 1 },
});

export async function buildActionVersion(input: { projectId: string; actionVersionId: string }): Promise<void> {
  await building.buildActionVersion(input);
}

export async function reconcile(): Promise<void> {
  await reconciling.reconcile();
}

export async function cleanUp(): Promise<void> {
  await cleaning.cleanUp();
}
