import { isDeepStrictEqual } from "node:util";
import { inProject } from "@/lib/db";
import { clockScheduleId, ScheduleAlreadyRunning, ScheduleNotFoundError, temporalClient } from "@/lib/temporal";
import { type ClockRow, findClock, forgetClock } from "@/lib/workflows";
import { actionOf, firstTime, wantedSchedule } from "./schedule";

async function removeSchedule(projectId: string, workflowId: string): Promise<void> {
  const client = await temporalClient();
  await client.schedule
    .getHandle(clockScheduleId(projectId, workflowId))
    .delete()
    .catch((error) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
}

async function createSchedule(row: ClockRow): Promise<boolean> {
  const { spec, policies, digest } = wantedSchedule(row);
  const client = await temporalClient();
  try {
    await client.schedule.create({
      scheduleId: clockScheduleId(row.projectId, row.workflowId),
      spec,
      policies,
      action: actionOf(row),
      state: { note: digest, ...firstTime(row, new Date()) },
    });
    return true;
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false;
    throw error;
  }
}

async function updateSchedule(row: ClockRow): Promise<void> {
  const { projectId, workflowId } = row;
  const { spec, policies, digest } = wantedSchedule(row);
  const client = await temporalClient();
  const handle = client.schedule.getHandle(clockScheduleId(projectId, workflowId));
  const { note } = (await handle.describe()).state;
  // One that is as wanted is left alone: what an update costs is the times that are due at its moment.
  if (note === digest) return;
  if (!firstTime(row, new Date()))
    return handle.update(() => ({ spec, policies, action: actionOf(row), state: { note: digest } }));
  // Made anew, since only that starts it at once in one step; a time that has passed meanwhile is the one started.
  await removeSchedule(projectId, workflowId);
  await createSchedule(row);
}

/** Whether Temporal should have a schedule for the row. */
export function isTicking(row: ClockRow): boolean {
  return row.workflowVersionId !== null && row.endedAt === null;
}

async function apply(projectId: string, workflowId: string, row: ClockRow | undefined): Promise<void> {
  if (row && isTicking(row)) {
    if (!(await createSchedule(row))) await updateSchedule(row);
    return;
  }
  await removeSchedule(projectId, workflowId);
  if (row) await inProject(projectId, (tx) => forgetClock(tx, projectId, workflowId));
}

/**
 * Makes Temporal's schedule what the workflow's live version wants. Several processes may do so at once, each with what
 * it read: who has written last looks again, so that the newest row wins.
 */
export async function syncClock(projectId: string, workflowId: string): Promise<void> {
  const read = () => inProject(projectId, (tx) => findClock(tx, projectId, workflowId));
  let row = await read();
  for (;;) {
    await apply(projectId, workflowId, row);
    const after = await read();
    if (isDeepStrictEqual(row, after) || (!after && !row?.workflowVersionId)) return;
    row = after;
  }
}
