import { and, asc, eq } from "drizzle-orm";
import { stepAttempts, steps } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type StoredValues, storedValuesSchema } from "@/lib/values";
import { type StepError, type StepProgress, stepErrorSchema, stepProgressSchema } from "../outcome";

type Row = typeof steps.$inferSelect;
type AttemptRecord = typeof stepAttempts.$inferSelect;
export type StepRow = Omit<Row, "inputs" | "outputs" | "error" | "progress"> & {
  inputs: StoredValues | null;
  outputs: StoredValues | null;
  error: StepError | null;
  progress: StepProgress | null;
};
export type AttemptRow = Omit<AttemptRecord, "error"> & { error: StepError | null };

const valuesOrNull = (value: unknown) => (value === null ? null : storedValuesSchema.parse(value));
const errorOrNull = (value: unknown) => (value === null ? null : stepErrorSchema.parse(value));

export async function listStepRows(tx: Transaction, projectId: string, runId: string): Promise<StepRow[]> {
  const rows = await tx
    .select()
    .from(steps)
    .where(and(eq(steps.projectId, projectId), eq(steps.runId, runId)));
  return rows.map((row) => ({
    ...row,
    inputs: valuesOrNull(row.inputs),
    outputs: valuesOrNull(row.outputs),
    error: errorOrNull(row.error),
    progress: row.progress === null ? null : stepProgressSchema.parse(row.progress),
  }));
}

export async function listAttemptRows(tx: Transaction, projectId: string, runId: string): Promise<AttemptRow[]> {
  const rows = await tx
    .select()
    .from(stepAttempts)
    .where(and(eq(stepAttempts.projectId, projectId), eq(stepAttempts.runId, runId)))
    .orderBy(asc(stepAttempts.nodeId), asc(stepAttempts.attempt));
  return rows.map((row) => ({ ...row, error: errorOrNull(row.error) }));
}

/** Gives a replayed run the ends of steps that it does not execute again. */
export async function copyStepEnds(
  tx: Transaction,
  projectId: string,
  fromRunId: string,
  toRunId: string,
  nodeIds: string[],
): Promise<void> {
  const rows = await listStepRows(tx, projectId, fromRunId);
  const ends = rows.filter((row) => row.state === "completed" && nodeIds.includes(row.nodeId));
  if (ends.length > 0) await tx.insert(steps).values(ends.map((row) => ({ ...row, runId: toRunId })));
}
