import { queues, scanAgainSignal, scanWorkflowId, temporalClient } from "@/lib/temporal";

/**
 * Has a repository scanned by some worker. One that is being scanned is looked at again afterwards; the signal is what
 * keeps a request from being lost on a scan that is just ending.
 */
export async function startScan(projectId: string, sourceId: string): Promise<void> {
  const client = await temporalClient();
  await client.workflow.signalWithStart("scanSource", {
    taskQueue: queues.system,
    workflowId: scanWorkflowId(projectId, sourceId),
    args: [{ projectId, sourceId }],
    signal: scanAgainSignal,
    priority: { fairnessKey: projectId },
  });
}
