import { isDeepStrictEqual } from "node:util";
import { and, eq, isNull } from "drizzle-orm";
import { clocks } from "@/drizzle/schema";
import { notify, type Transaction } from "@/lib/db";
import { type ClockSettings, clockSettingsSchema } from "@/lib/triggers/clock/settings";

type Row = typeof clocks.$inferSelect;
export type ClockRow = Omit<Row, "settings"> & { settings: ClockSettings };

const parse = (row: Row): ClockRow => ({ ...row, settings: clockSettingsSchema.parse(row.settings) });
const at = (projectId: string, workflowId: string) =>
  and(eq(clocks.projectId, projectId), eq(clocks.workflowId, workflowId));

export async function findClock(tx: Transaction, projectId: string, workflowId: string): Promise<ClockRow | undefined> {
  const [row] = await tx.select().from(clocks).where(at(projectId, workflowId));
  return row && parse(row);
}

/** Row security says whose. */
export async function listClocks(tx: Transaction): Promise<ClockRow[]> {
  return (await tx.select().from(clocks)).map(parse);
}

/** A clock that starts one run with each deployment counts from that one; the others go on where they were. */
function goesOn(row: ClockRow | undefined, settings: ClockSettings): row is ClockRow {
  if (!row?.workflowVersionId || (settings.timing.kind === "once" && settings.timing.at === null)) return false;
  return isDeepStrictEqual(row.settings.timing, settings.timing);
}

/** Temporal counts in whole seconds. */
function beginningOf({ timing }: ClockSettings): Date {
  const now = Date.now();
  return new Date(timing.kind === "every" ? Math.floor(now / 1000) * 1000 : now);
}

/** Makes the clock of what is live the workflow's, or takes the one it had off the air; the schedule follows the row. */
export async function replaceClock(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  live: { versionId: string; settings: ClockSettings } | null,
): Promise<void> {
  const before = await findClock(tx, projectId, workflowId);
  if (!live && !before) return;
  if (!live) {
    await tx.update(clocks).set({ workflowVersionId: null }).where(at(projectId, workflowId));
  } else {
    const { versionId: workflowVersionId, settings } = live;
    const kept = goesOn(before, settings) ? before : undefined;
    const counted = { since: kept?.since ?? beginningOf(settings), endedAt: kept?.endedAt ?? null };
    await tx
      .insert(clocks)
      .values({ projectId, workflowId, workflowVersionId, settings, ...counted })
      .onConflictDoUpdate({ target: clocks.workflowId, set: { workflowVersionId, settings, ...counted } });
  }
  await notify(tx, "clock_changed", `${projectId}/${workflowId}`);
}

/** Its schedule is gone. */
export async function forgetClock(tx: Transaction, projectId: string, workflowId: string): Promise<void> {
  await tx.delete(clocks).where(and(at(projectId, workflowId), isNull(clocks.workflowVersionId)));
}

/** The only run of a clock that starts one has been started, unless another has been deployed meanwhile. */
export async function endClock(tx: Transaction, { projectId, workflowId, since }: ClockRow): Promise<void> {
  await tx
    .update(clocks)
    .set({ endedAt: new Date() })
    .where(and(at(projectId, workflowId), eq(clocks.since, since)));
}
