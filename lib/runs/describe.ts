import type { Transaction } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { findKeyName } from "@/lib/keys";
import { findVersion, findVersionNumbers, findWorkflow, listWorkflowNames, listWorkflowRows } from "@/lib/workflows";
import type { LinkedRun, RunDetail, RunSummary } from "./contract";
import { presentRunDetail, presentRunSummary } from "./present";
import { findRun, listAttemptRows, listStartedRuns, listStepRows, type RunRow, type StartedRun } from "./store";

/** @throws AppError `not_found` */
export async function describeRun(tx: Transaction, projectId: string, runId: string): Promise<RunDetail> {
  const row = await findRun(tx, projectId, runId);
  if (!row) throw notFound("The run");
  const version = await findVersion(tx, projectId, row.workflowVersionId);
  const workflow = await findWorkflow(tx, projectId, row.workflowId);
  if (!version || !workflow) throw notFound("The run's workflow");
  const steps = await listStepRows(tx, projectId, runId);
  const attempts = await listAttemptRows(tx, projectId, runId);
  const links = await findLinks(tx, row);
  const keyName = row.apiKeyId === null ? null : ((await findKeyName(tx, projectId, row.apiKeyId)) ?? null);
  return presentRunDetail(
    row,
    { workflowName: workflow.name, versionNumber: version.number },
    { plan: version.plan, steps, attempts, keyName, ...links },
  );
}

async function findLinks(tx: Transaction, row: RunRow): Promise<{ startedBy: LinkedRun | null; started: LinkedRun[] }> {
  const { projectId, parentRunId, parentNode } = row;
  const started = await listStartedRuns(tx, projectId, row.id);
  const parent = parentRunId === null ? undefined : await findRun(tx, projectId, parentRunId);
  if (started.length === 0 && !parent) return { startedBy: null, started: [] };
  const names = new Map((await listWorkflowNames(tx, projectId)).map(({ id, name }) => [id, name]));
  const linked = ({ id, workflowId, state }: StartedRun | RunRow, node: string | null): LinkedRun => ({
    id,
    workflow: { id: workflowId, name: names.get(workflowId) ?? "" },
    state,
    node,
  });
  return {
    startedBy: parent ? linked(parent, parentNode) : null,
    started: started.map((one) => linked(one, one.parentNode)),
  };
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
