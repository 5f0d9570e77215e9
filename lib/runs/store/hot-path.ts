import { sql } from "drizzle-orm";
import type { runs } from "@/drizzle/schema";
import { batchInProjects } from "@/lib/db";
import { type StoredValues, storedValuesSchema } from "@/lib/values";
import { runErrorSchema, runResultSchema, type StepError, stepErrorSchema } from "../outcome";
import type { RunInput } from "../run-input";
import { type FinalStepState, isRunOver, isStepOver } from "../status";
import type { RunRow } from "./runs";

/** What every call does, each in one round trip to the server. */

type Row = typeof runs.$inferSelect;

/** Writes the row of an accepted run; one that is there already stays as it is. */
export async function insertRunAtOnce(run: RunInput): Promise<void> {
  await batchInProjects(
    [run.projectId],
    [
      sql`
      insert into runs (id, project_id, workflow_id, workflow_version_id, source, api_key_id, replay_of, parent_run_id,
        parent_node, depth, input, created_at)
      values (${run.runId}, ${run.projectId}, ${run.workflowId}, ${run.workflowVersionId}, ${run.source}, ${run.apiKeyId},
        ${run.replayOf}, ${run.parent?.runId ?? null}, ${run.parent?.node ?? null}, ${run.depth ?? 0}, ${JSON.stringify(run.input)}::json, ${run.createdAt}::timestamptz)
      on conflict do nothing
    `,
    ],
  );
}

export interface KnownStepEnd {
  state: FinalStepState;
  outputs: StoredValues | null;
  error: StepError | null;
}

export interface CarriedRun {
  workflowVersionId: string;
  /** How many runs stand above it. */
  depth: number;
  input: StoredValues;
  isOver: boolean;
  ends: Map<string, KnownStepEnd>;
}

/** What a worker needs to carry a run on: undefined when there is no such run. */
export async function findCarriedRun(projectId: string, id: string): Promise<CarriedRun | undefined> {
  const [runRows, stepRows] = await batchInProjects(
    [projectId],
    [
      sql`select workflow_version_id as "workflowVersionId", depth, input, state from runs where project_id = ${projectId} and id = ${id}`,
      sql`select node_id as "nodeId", state, outputs, error from steps where project_id = ${projectId} and run_id = ${id}`,
    ],
  );
  const run = runRows?.[0] as Pick<Row, "workflowVersionId" | "depth" | "input" | "state"> | undefined;
  if (!run) return undefined;
  const ends = new Map<string, KnownStepEnd>();
  for (const row of (stepRows ?? []) as { nodeId: string; state: FinalStepState; outputs: unknown; error: unknown }[]) {
    if (isStepOver(row.state)) {
      ends.set(row.nodeId, {
        state: row.state,
        outputs: row.outputs === null ? null : storedValuesSchema.parse(row.outputs),
        error: row.error === null ? null : stepErrorSchema.parse(row.error),
      });
    }
  }
  return {
    workflowVersionId: run.workflowVersionId,
    depth: run.depth,
    input: storedValuesSchema.parse(run.input),
    isOver: isRunOver(run.state),
    ends,
  };
}

export type EndedRun = Pick<RunRow, "id" | "projectId" | "state" | "result" | "error">;

/** What an answer is made of; undefined while the run goes on. */
export async function findEndedRun(projectId: string, id: string): Promise<EndedRun | undefined> {
  const [rows] = await batchInProjects(
    [projectId],
    [
      sql`
      select id, project_id as "projectId", state, result, error from runs
      where project_id = ${projectId} and id = ${id} and state in ('completed', 'failed', 'canceled')
    `,
    ],
  );
  const row = rows?.[0];
  return row && endedRunOf(row);
}

/** Checks what a row or a notification says of an ended run. */
export function endedRunOf(row: Record<string, unknown>): EndedRun {
  const { id, projectId, state, result, error } = row as Pick<Row, "id" | "projectId" | "state" | "result" | "error">;
  return {
    id,
    projectId,
    state,
    result: result === null ? null : runResultSchema.parse(result),
    error: error === null ? null : runErrorSchema.parse(error),
  };
}
