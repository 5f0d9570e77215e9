import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from "@temporalio/common";
import { queues, scanWorkflowId, temporalClient } from "@/lib/temporal";

/** Has a repository scanned by some worker. Asking again while it is being scanned changes nothing. */
export async function startScan(projectId: string, sourceId: string): Promise<void> {
  const client = await temporalClient();
  await client.workflow.start("scanSource", {
    taskQueue: queues.system,
    workflowId: scanWorkflowId(projectId, sourceId),
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    args: [{ projectId, sourceId }],
    priority: { fairnessKey: projectId },
  });
}
