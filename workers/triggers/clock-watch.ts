import { listen } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { syncClock } from "@/lib/triggers";

/** Sets a workflow's clock as soon as it is deployed or stopped; what goes untold is found by the reconciler. */
export async function watchClocks(): Promise<() => void> {
  return listen(
    "clock_changed",
    (payload) => {
      const [projectId = "", workflowId = ""] = payload.split("/");
      syncClock(projectId, workflowId).catch((error) =>
        logger.warn({ reason: messageOf(error), workflowId }, "a clock is set later"),
      );
    },
    () => {},
  );
}
