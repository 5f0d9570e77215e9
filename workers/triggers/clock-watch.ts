import { listen } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { reconcileScheduleId, temporalClient } from "@/lib/temporal";
import { syncClock } from "@/lib/triggers";

async function setClock(projectId: string, workflowId: string): Promise<void> {
  await syncClock(projectId, workflowId).catch((error) =>
    logger.warn({ reason: messageOf(error), workflowId }, "a clock is set later"),
  );
}

/** What was told while nobody listened is looked for at once, by one worker for all. */
async function askForHousekeeping(): Promise<void> {
  try {
    await (await temporalClient()).schedule.getHandle(reconcileScheduleId).trigger("BUFFER_ONE");
  } catch (error) {
    logger.warn({ reason: messageOf(error) }, "clocks are looked at with the next housekeeping");
  }
}

/** Sets a workflow's clock as soon as it is deployed or stopped. */
export async function watchClocks(): Promise<() => void> {
  return listen(
    "clock_changed",
    (payload) => {
      const [projectId = "", workflowId = ""] = payload.split("/");
      void setClock(projectId, workflowId);
    },
    () => void askForHousekeeping(),
  );
}
