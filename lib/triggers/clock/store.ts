import { and, count, desc, eq, gte, isNotNull, lte, sql } from "drizzle-orm";
import { triggerEvents } from "@/drizzle/schema";
import { notify, type Transaction } from "@/lib/db";
import type { StoredValues } from "@/lib/values";

export interface MissedGroup {
  id: string;
  first: Date;
  last: Date;
}

export interface NewMissed {
  id: string;
  projectId: string;
  workflowId: string;
  versionId: string;
  slot: Date;
  reason: string;
  input: StoredValues;
}

/** What comes in within this time of each other was missed together. */
const togetherMinutes = 10;

const identityOf = (first: Date, last: Date) =>
  first.getTime() === last.getTime() ? first.toISOString() : `${first.toISOString()}/${last.toISOString()}`;

/** Adds a missed time of a clock to those that were missed together with it, or begins with it. */
export async function groupMissed(tx: Transaction, missed: NewMissed): Promise<MissedGroup> {
  const { projectId, workflowId, versionId: workflowVersionId, slot, reason, input } = missed;
  // Temporal makes up for many at a time, on several machines.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`missed/${workflowId}`}, 0))`);
  const [known] = await tx
    .select()
    .from(triggerEvents)
    .where(
      and(
        eq(triggerEvents.projectId, projectId),
        eq(triggerEvents.workflowId, workflowId),
        eq(triggerEvents.outcome, "limited"),
        eq(triggerEvents.reason, reason),
        isNotNull(triggerEvents.missedUntil),
        sql`${triggerEvents.at} > now() - make_interval(mins => ${togetherMinutes})`,
      ),
    )
    .orderBy(desc(triggerEvents.at))
    .limit(1);
  if (!known?.occurredAt || !known.missedUntil) {
    const { id } = missed;
    await tx.insert(triggerEvents).values({
      ...{ id, projectId, workflowId, workflowVersionId, kind: "clock", outcome: "limited", reason, input },
      identity: identityOf(slot, slot),
      occurredAt: slot,
      missedUntil: slot,
      missedCount: 1,
    });
    return { id, first: slot, last: slot };
  }
  const first = new Date(Math.min(slot.getTime(), known.occurredAt.getTime()));
  const isLast = slot > known.missedUntil;
  const last = isLast ? slot : known.missedUntil;
  // Delivered by hand, the last one stands for all.
  await tx
    .update(triggerEvents)
    .set({ occurredAt: first, missedUntil: last, identity: identityOf(first, last), ...(isLast && { input }) })
    .where(and(eq(triggerEvents.projectId, projectId), eq(triggerEvents.id, known.id)));
  return { id: known.id, first, last };
}

/** Says how many they are, unless there are more by now. */
export async function countMissed(
  tx: Transaction,
  projectId: string,
  { id, first, last }: MissedGroup,
  missedCount: number,
): Promise<void> {
  await tx
    .update(triggerEvents)
    .set({ missedCount })
    .where(
      and(
        eq(triggerEvents.projectId, projectId),
        eq(triggerEvents.id, id),
        eq(triggerEvents.occurredAt, first),
        eq(triggerEvents.missedUntil, last),
      ),
    );
  await notify(tx, "project_changed", `${projectId}/event.note`);
}

/** Of a clock's times between two moments, how many started runs: in time, and after `lateSeconds`. */
export async function countStarted(
  tx: Transaction,
  place: { projectId: string; workflowId: string },
  from: Date,
  until: Date,
  lateSeconds: number,
): Promise<{ inTime: number; late: number }> {
  const isLate = sql`${triggerEvents.at} > ${triggerEvents.occurredAt} + make_interval(secs => ${lateSeconds})`;
  const [row] = await tx
    .select({ all: count(), late: sql<number>`count(*) filter (where ${isLate})::int` })
    .from(triggerEvents)
    .where(
      and(
        eq(triggerEvents.projectId, place.projectId),
        eq(triggerEvents.workflowId, place.workflowId),
        eq(triggerEvents.kind, "clock"),
        eq(triggerEvents.outcome, "started"),
        gte(triggerEvents.occurredAt, from),
        lte(triggerEvents.occurredAt, until),
      ),
    );
  const late = row?.late ?? 0;
  return { inTime: (row?.all ?? 0) - late, late };
}
