import { proxyActivities } from "@temporalio/workflow";
import { queues } from "@/lib/temporal/queues";
import type { createSourceActivities, SourceInput } from "../activities/sources";

type Sources = ReturnType<typeof createSourceActivities>;

const scanning = proxyActivities<Pick<Sources, "scanSource">>({
  taskQueue: queues.sources,
  startToCloseTimeout: "15m",
  heartbeatTimeout: "10s",
  retry: { initialInterval: "1s", maximumInterval: "30s", maximumAttempts: 5 },
});
const requesting = proxyActivities<Pick<Sources, "requestScan">>({
  startToCloseTimeout: "30s",
  retry: { initialInterval: "1s", maximumInterval: "30s", maximumAttempts: 5 },
});

/** Scans a repository, and once more for whoever asked while that was going on. */
export async function scanSource(source: SourceInput): Promise<void> {
  while (await scanning.scanSource(source));
}

/** One time of a repository's schedule. */
export async function scanOnSchedule(source: SourceInput): Promise<void> {
  await requesting.requestScan(source);
}
