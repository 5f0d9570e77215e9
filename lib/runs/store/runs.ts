import { and, count, desc, eq, gte, inArray, lt, or, sql } from "drizzle-orm";
import type { RunState } from "@/drizzle/enums";
import { runs } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type StoredValues, storedValuesSchema } from "@/lib/values";
import { type RunError, type RunResult, runErrorSchema, runResultSchema } from "../outcome";
import type { RunInput } from "../run-input";
import { endedRunStates, openRunStates } from "../status";

type Row = typeof runs.$inferSelect;
export type RunRow = Omit<Row, "input" | "result" | "error"> & {
  input: StoredValues;
  result: RunResult | null;
  error: RunError | null;
};

const parse = (row: Row): RunRow => ({
  ...row,
  input: storedValuesSchema.parse(row.input),
  result: row.result === null ? null : runResultSchema.parse(row.result),
  error: row.error === null ? null : runErrorSchema.parse(row.error),
});

function valuesOf(run: RunInput): typeof runs.$inferInsert {
  const { runId: id, projectId, workflowId, workflowVersionId, source, apiKeyId, replayOf, parent, input } = run;
  return {
    id,
    projectId,
    workflowId,
    workflowVersionId,
    source,
    apiKeyId,
    replayOf,
    parentRunId: parent?.runId ?? null,
    parentNode: parent?.node ?? null,
    depth: run.depth ?? 0,
    input,
    createdAt: new Date(run.createdAt),
  };
}

/** Writes the row of an accepted run; one that is there already stays as it is. */
export async function insertRun(tx: Transaction, run: RunInput): Promise<void> {
  await tx.insert(runs).values(valuesOf(run)).onConflictDoNothing();
}

export async function findRun(tx: Transaction, projectId: string, id: string): Promise<RunRow | undefined> {
  const [row] = await tx
    .select()
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.id, id)));
  return row && parse(row);
}

export interface RunQuery {
  workflow?: string | undefined;
  state?: RunState | undefined;
  states?: readonly RunState[];
  source?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  text?: string | undefined;
}

export interface RunPlace {
  createdAt: Date;
  id: string;
}

/** Inputs are kept as JSON, in which a text stands with its quotes and backslashes escaped. */
function containing(text: string) {
  const inJson = JSON.stringify(text).slice(1, -1);
  const pattern = `%${inJson.replace(/[\\%_]/g, "\\$&")}%`;
  return or(eq(runs.id, text), sql`${runs.input}::text ilike ${pattern}`);
}

function matching(projectId: string, query: RunQuery) {
  const { workflow, state, states, source, since, until, text } = query;
  return and(
    eq(runs.projectId, projectId),
    workflow === undefined ? undefined : eq(runs.workflowId, workflow),
    state === undefined ? undefined : eq(runs.state, state),
    states && inArray(runs.state, [...states]),
    source === undefined ? undefined : eq(runs.source, source),
    since === undefined ? undefined : gte(runs.createdAt, new Date(since)),
    until === undefined ? undefined : lt(runs.createdAt, new Date(until)),
    text ? containing(text) : undefined,
  );
}

export async function countRunRows(tx: Transaction, projectId: string, query: RunQuery): Promise<number> {
  const [row] = await tx.select({ total: count() }).from(runs).where(matching(projectId, query));
  return row?.total ?? 0;
}

/** @param after the place of the last one seen */
export async function listRunRows(
  tx: Transaction,
  projectId: string,
  query: RunQuery,
  { after, limit }: { after?: RunPlace | undefined; limit: number },
): Promise<RunRow[]> {
  const rows = await tx
    .select()
    .from(runs)
    .where(
      and(
        matching(projectId, query),
        after &&
          or(lt(runs.createdAt, after.createdAt), and(eq(runs.createdAt, after.createdAt), lt(runs.id, after.id))),
      ),
    )
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(limit);
  return rows.map(parse);
}

/** False when the run had ended before. */
export async function markCancelRequested(tx: Transaction, projectId: string, id: string): Promise<boolean> {
  const rows = await tx
    .update(runs)
    .set({ cancelRequestedAt: sql`coalesce(cancel_requested_at, now())` })
    .where(and(eq(runs.projectId, projectId), eq(runs.id, id), inArray(runs.state, [...openRunStates])))
    .returning({ id: runs.id });
  return rows.length > 0;
}

/** What the caller was sent; null stays for one that hung up. */
export async function noteAnswered(tx: Transaction, projectId: string, id: string, status: number): Promise<void> {
  await tx
    .update(runs)
    .set({ answeredStatus: status })
    .where(and(eq(runs.projectId, projectId), eq(runs.id, id)));
}

export async function listOpenRunIds(tx: Transaction, projectId: string, workflowId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(eq(runs.projectId, projectId), eq(runs.workflowId, workflowId), inArray(runs.state, [...openRunStates])),
    );
  return rows.map((row) => row.id);
}

/** How many runs of the workflow have not ended; those beyond `most` are not counted. */
export async function countOpenRuns(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  most: number,
): Promise<number> {
  const open = tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.workflowId, workflowId), inArray(runs.state, [...openRunStates])))
    .limit(most);
  return (await open).length;
}

/** Runs that should have moved by now: what the reconciler asks Temporal about. */
export async function listStaleRuns(tx: Transaction, olderThanSeconds: number, limit: number): Promise<RunRow[]> {
  const rows = await tx
    .select()
    .from(runs)
    .where(
      and(
        inArray(runs.state, [...openRunStates]),
        sql`${runs.createdAt} < now() - make_interval(secs => ${olderThanSeconds})`,
      ),
    )
    .orderBy(runs.createdAt)
    .limit(limit);
  return rows.map(parse);
}

/** Of these runs, the ones that have ended. */
export async function findEnded(tx: Transaction, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(inArray(runs.id, ids), inArray(runs.state, [...endedRunStates])));
  return rows.map((row) => row.id);
}

/** False when it is not there or has not ended. */
export async function deleteEndedRun(tx: Transaction, projectId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.id, id), inArray(runs.state, [...endedRunStates])))
    .returning({ id: runs.id });
  return rows.length > 0;
}

/** An accepted call that Temporal never took is taken back: nothing has been executed of it. */
export async function deleteQueuedRun(tx: Transaction, projectId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.id, id), eq(runs.state, "queued")))
    .returning({ id: runs.id });
  return rows.length > 0;
}
