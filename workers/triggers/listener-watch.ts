import { listen } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { syncListener } from "@/lib/triggers";

/** Has something listen for a workflow as soon as it is deployed; what was told while nobody listened, housekeeping finds. */
export async function watchListeners(): Promise<() => void> {
  return listen(
    "listener_changed",
    (payload) => {
      const [projectId = "", workflowId = ""] = payload.split("/");
      syncListener(projectId, workflowId).catch((error) =>
        logger.warn({ reason: messageOf(error), workflowId }, "a trigger listens later"),
      );
    },
    () => {},
  );
}
