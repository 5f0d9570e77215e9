import type { Transaction } from "@/lib/db";
import type { WorkflowDetail, WorkflowResource } from "./contract";
import { judge } from "./judge";
import { presentWorkflow, presentWorkflowDetail } from "./present";
import { findVersionNumbers, listEndpointRows, listVersionSummaries, type WorkflowRow } from "./store";

/** Rows with what their resources show besides. */
export async function describeWorkflows(
  tx: Transaction,
  projectId: string,
  rows: WorkflowRow[],
): Promise<WorkflowResource[]> {
  const endpoints = new Map((await listEndpointRows(tx, projectId)).map((row) => [row.workflowId, row]));
  const numbers = await findVersionNumbers(
    tx,
    projectId,
    rows.flatMap((row) => row.liveVersionId ?? []),
  );
  return rows.map((row) =>
    presentWorkflow(row, { endpoint: endpoints.get(row.id), liveNumber: numbers.get(row.liveVersionId ?? "") }),
  );
}

export async function describeWorkflow(tx: Transaction, row: WorkflowRow): Promise<WorkflowResource> {
  const [resource] = await describeWorkflows(tx, row.projectId, [row]);
  return resource as WorkflowResource;
}

export async function describeWorkflowDetail(tx: Transaction, row: WorkflowRow): Promise<WorkflowDetail> {
  const endpoint = (await listEndpointRows(tx, row.projectId)).find((candidate) => candidate.workflowId === row.id);
  const versions = await listVersionSummaries(tx, row.projectId, row.id);
  const liveNumber = versions.find((version) => version.id === row.liveVersionId)?.number;
  const { problems } = await judge(tx, row.projectId, row.definition, row.id);
  return presentWorkflowDetail(row, { endpoint, liveNumber, problems, versions });
}
