import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { EventOutcome } from "@/drizzle/enums";
import { runs, triggerEvents } from "@/drizzle/schema";
import { batchInProjects, type Transaction } from "@/lib/db";
import { type StoredValues, storedValuesSchema } from "@/lib/values";

type Row = typeof triggerEvents.$inferSelect;
export type EventRow = Omit<Row, "input"> & { input: StoredValues | null };
export type NewEvent = Pick<Row, "id" | "projectId" | "workflowId" | "kind" | "identity" | "outcome"> &
  Partial<Pick<Row, "workflowVersionId" | "occurredAt" | "digest" | "runId" | "reason" | "redeliveryOf">> & {
    input?: StoredValues | null;
  };

const parse = (row: Row): EventRow => ({
  ...row,
  input: row.input === null ? null : storedValuesSchema.parse(row.input),
});

export type Claim = Pick<Row, "id" | "digest" | "outcome">;

/** Writes the event down unless its identity is taken, and says who has it: in one round trip. */
export async function claimEvent(event: NewEvent): Promise<Claim> {
  const { id, projectId, workflowId, workflowVersionId, kind, identity, digest, runId, input, redeliveryOf } = event;
  const [, rows] = await batchInProjects(
    [projectId],
    [
      sql`
      insert into trigger_events (id, project_id, workflow_id, workflow_version_id, occurred_at, kind, identity, digest,
        outcome, run_id, input, redelivery_of)
      values (${id}, ${projectId}, ${workflowId}, ${workflowVersionId ?? null},
        ${event.occurredAt?.toISOString() ?? null}::timestamptz, ${kind}, ${identity}, ${digest ?? null}, 'pending',
        ${runId ?? null}, ${JSON.stringify(input ?? null)}::json, ${redeliveryOf ?? null})
      on conflict (project_id, workflow_id, identity) where outcome in ('pending', 'started') do nothing
    `,
      sql`
      select id, digest, outcome from trigger_events
      where project_id = ${projectId} and workflow_id = ${workflowId} and identity = ${identity}
        and outcome in ('pending', 'started')
    `,
    ],
  );
  const claim = rows?.[0];
  if (!claim) throw new Error("the event was neither written nor found");
  return claim as Claim;
}

/** Screens show events as they come. */
const tellOfEvent = (projectId: string) => sql`select pg_notify('project_changed', ${`${projectId}/event.note`})`;

/** False when somebody else has said so before. In one round trip. */
export async function markStarted(projectId: string, id: string): Promise<boolean> {
  const [rows] = await batchInProjects(
    [projectId],
    [
      sql`
      update trigger_events set outcome = 'started', reason = null
      where project_id = ${projectId} and id = ${id} and outcome = 'pending' returning id
    `,
      tellOfEvent(projectId),
    ],
  );
  return (rows ?? []).length > 0;
}

export async function notePending(tx: Transaction, projectId: string, id: string, reason: string): Promise<void> {
  await tx
    .update(triggerEvents)
    .set({ reason })
    .where(and(eq(triggerEvents.projectId, projectId), eq(triggerEvents.id, id), eq(triggerEvents.outcome, "pending")));
}

export async function insertEvent(tx: Transaction, event: NewEvent): Promise<void> {
  await tx.insert(triggerEvents).values(event);
  await tx.execute(tellOfEvent(event.projectId));
}

export interface EventFilter {
  outcome?: EventOutcome | undefined;
  /** Events after this place in the list: time and id of the last one seen. */
  after?: { at: Date; id: string } | undefined;
  limit: number;
}

export async function listEventRows(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  { outcome, after, limit }: EventFilter,
): Promise<EventRow[]> {
  const rows = await tx
    .select()
    .from(triggerEvents)
    .where(
      and(
        eq(triggerEvents.projectId, projectId),
        eq(triggerEvents.workflowId, workflowId),
        outcome === undefined ? undefined : eq(triggerEvents.outcome, outcome),
        after &&
          or(lt(triggerEvents.at, after.at), and(eq(triggerEvents.at, after.at), lt(triggerEvents.id, after.id))),
      ),
    )
    .orderBy(desc(triggerEvents.at), desc(triggerEvents.id))
    .limit(limit);
  return rows.map(parse);
}

export async function findEvents(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  ids: string[],
): Promise<EventRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(triggerEvents)
    .where(
      and(
        eq(triggerEvents.projectId, projectId),
        eq(triggerEvents.workflowId, workflowId),
        inArray(triggerEvents.id, ids),
      ),
    );
  return rows.map(parse);
}

/** When the run before this time of a clock ended: null while it has not, undefined where there was none. */
export async function findEndBefore(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  slot: Date,
): Promise<Date | null | undefined> {
  const [row] = await tx
    .select({ finishedAt: runs.finishedAt })
    .from(triggerEvents)
    .innerJoin(runs, and(eq(runs.projectId, triggerEvents.projectId), eq(runs.id, triggerEvents.runId)))
    .where(
      and(
        eq(triggerEvents.projectId, projectId),
        eq(triggerEvents.workflowId, workflowId),
        eq(triggerEvents.kind, "clock"),
        eq(triggerEvents.outcome, "started"),
        lt(triggerEvents.occurredAt, slot),
      ),
    )
    .orderBy(desc(triggerEvents.occurredAt))
    .limit(1);
  return row?.finishedAt;
}
