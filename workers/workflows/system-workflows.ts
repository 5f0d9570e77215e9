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

export async function buildActionVersion(input: { projectId: string; actionVersionId: string }): Promise<void> {
  await building.buildActionVersion(input);
}

export async function reconcile(): Promise<void> {
  await reconciling.reconcile();
}
