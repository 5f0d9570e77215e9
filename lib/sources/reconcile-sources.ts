import { inProjects } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { isSourceScheduleId, sourceOfScheduleId, sourceScheduleId, temporalClient } from "@/lib/temporal";
import { startScan } from "./start-scan";
import { listOverdueScans, listScheduledSources, type SourceRef } from "./store";
import { syncSchedule } from "./sync-schedule";

/** A scan that was asked for this long ago is started again, which does nothing to one that is on. */
const overdueMs = 30_000;

async function listSchedules(): Promise<Map<string, string | undefined>> {
  const client = await temporalClient();
  const found = new Map<string, string | undefined>();
  for await (const { scheduleId, state } of client.schedule.list())
    if (isSourceScheduleId(scheduleId)) found.set(scheduleId, state.note);
  return found;
}

/** Starts the scans that a crash kept from starting, and brings schedules and rows together. */
export async function reconcileSources(projectGroups: string[][]): Promise<void> {
  // Before the rows: a schedule without a row then really has none.
  const schedules = await listSchedules();
  const odd: SourceRef[] = [];
  for (const projectIds of projectGroups) {
    const before = new Date(Date.now() - overdueMs);
    for (const { projectId, id } of await inProjects(projectIds, (tx) => listOverdueScans(tx, before)))
      await startScan(projectId, id);
    for (const source of await inProjects(projectIds, listScheduledSources)) {
      const scheduleId = sourceScheduleId(source.projectId, source.id);
      if (schedules.get(scheduleId) !== source.schedule) odd.push(source);
      schedules.delete(scheduleId);
    }
  }
  for (const { projectId, id } of [...odd, ...[...schedules.keys()].map(sourceOfScheduleId)]) {
    await syncSchedule(projectId, id).catch((error) =>
      logger.warn({ reason: messageOf(error), sourceId: id }, "a repository's schedule could not be set"),
    );
  }
}
