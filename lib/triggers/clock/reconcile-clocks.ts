import { inProjects } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { clockOfScheduleId, clockScheduleId, isClockScheduleId, temporalClient } from "@/lib/temporal";
import { listClocks } from "@/lib/workflows";
import { wantedSchedule } from "./schedule";
import { isTicking, syncClock } from "./sync-clock";

/** The clocks' schedules by their id, each with the digest of what it was made from. */
async function listSchedules(): Promise<Map<string, string | undefined>> {
  const client = await temporalClient();
  const found = new Map<string, string | undefined>();
  for await (const { scheduleId, state } of client.schedule.list())
    if (isClockScheduleId(scheduleId)) found.set(scheduleId, state.note);
  return found;
}

/** Makes the schedules that are missing and removes those that nothing live wants. */
export async function reconcileClocks(projectGroups: string[][]): Promise<void> {
  // Before the rows: a schedule without a row then really has none.
  const schedules = await listSchedules();
  const odd = new Set<string>();
  for (const projectIds of projectGroups) {
    for (const row of await inProjects(projectIds, listClocks)) {
      const id = clockScheduleId(row.projectId, row.workflowId);
      const asWanted = isTicking(row)
        ? schedules.get(id) === wantedSchedule(row).digest
        : row.endedAt && !schedules.has(id);
      schedules.delete(id);
      if (!asWanted) odd.add(id);
    }
  }
  for (const id of [...odd, ...schedules.keys()]) {
    const { projectId, workflowId } = clockOfScheduleId(id);
    await syncClock(projectId, workflowId).catch((error) =>
      logger.warn({ reason: messageOf(error), workflowId }, "a clock could not be set"),
    );
  }
}
