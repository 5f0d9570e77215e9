import type { Transaction } from "@/lib/db";
import type { WorkflowDetail, WorkflowResource } from "./contract";
import { checkDefinition } from "./definition/check";
import { isValid } from "./definition/problems";
import { judge } from "./judge";
import { loadLibrary } from "./library";
import { presentWorkflow, presentWorkflowDetail } from "./present";
import { findVersion, findVersionNumbers, listEndpointRows, listVersionSummaries, type WorkflowRow } from "./store";

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
  const library = await loadLibrary(tx, projectId);
  return rows.map((row) =>
    presentWorkflow(row, {
      endpoint: endpoints.get(row.id),
      liveNumber: numbers.get(row.liveVersionId ?? "") ?? undefined,
      valid: isValid(checkDefinition(row.definition, library)),
    }),
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
  const live = row.liveVersionId ? await findVersion(tx, row.projectId, row.liveVersionId) : undefined;
  return presentWorkflowDetail(row, { endpoint, liveNumber, valid: isValid(problems), problems, versions, live });
}
