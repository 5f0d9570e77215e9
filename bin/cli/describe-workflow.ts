import type { WorkflowDetail, WorkflowResource } from "@/lib/workflows/contract";

/** A workflow for people: how it stands, and where it is called. */
export function describeWorkflow(workflow: WorkflowResource & { live?: WorkflowDetail["live"] }): string {
  const form = workflow.live?.formUrl ? `\n${workflow.live.formUrl}` : "";
  const endpoint = workflow.endpoint ? `\n${workflow.endpoint.method} ${workflow.endpoint.url}` : form;
  return `${workflow.name} (${workflow.id}) is ${workflow.state}${workflow.version === null ? "" : `, version ${workflow.version}`}${endpoint}`;
}
