import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from "@temporalio/common";
import { buildWorkflowId, queues, temporalClient } from "@/lib/temporal";

/** Has a version built by some worker. Asking again while it is being built changes nothing. */
export async function startBuild(projectId: string, actionVersionId: string): Promise<void> {
  const client = await temporalClient();
  await client.workflow.start("buildActionVersion", {
    taskQueue: queues.system,
    workflowId: buildWorkflowId(projectId, actionVersionId),
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    args: [{ projectId, actionVersionId }],
    priority: { fairnessKey: projectId },
  });
}
