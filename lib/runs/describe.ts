import type { Transaction } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { findVersion, findVersionNumbers, findWorkflow, listWorkflowRows } from "@/lib/workflows";
import type { RunDetail, RunSummary } from "./contract";
import { presentRunDetail, presentRunSummary } from "./present";
import { findRun, listAttemptRows, listStepRows, type RunRow } from "./store";

/** @throws AppError `not_found` */
export async function describeRun(tx: Transaction, projectId: string, runId: string): Promise<RunDetail> {
  const row = await findRun(tx, projectId, runId);
  if (!row) throw notFound("The run");
  const version = await findVersion(tx, projectId, row.workflowVersionId);
  const workflow = await findWorkflow(tx, projectId, row.workflowId);
  if (!version || !workflow) throw notFound("The run's workflow");
  const steps = await listStepRows(tx, projectId, runId);
  const attempts = await listAttemptRows(tx, projectId, runId);
  return presentRunDetail(
    row,
    { workflowName: workflow.name, versionNumber: version.number },
    { plan: version.plan, steps, attempts },
  );
}

export async function describeRuns(tx: Transaction, projectId: string, rows: RunRow[]): Promise<RunSummary[]> {
  if (rows.length === 0) return [];
  const names = new Map((await listWorkflowRows(tx, projectId)).map((workflow) => [workflow.id, workflow.name]));
  const numbers = await findVersionNumbers(tx, projectId, [...new Set(rows.map((row) => row.workflowVersionId))]);
  return rows.map((row) =>
    presentRunSummary(row, {
      workflowName: names.get(row.workflowId) ?? "",
      versionNumber: numbers.get(row.workflowVersionId) ?? null,
    }),
  );
}
