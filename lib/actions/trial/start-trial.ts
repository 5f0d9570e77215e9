import { queues, temporalClient, trialWorkflowId } from "@/lib/temporal";
import type { ActionInterface } from "../interface";
import type { TrialEnd } from "./contract";
import type { TrialInputs } from "./read-inputs";

/** All that a worker needs for a trial: nothing of it is in any table. */
export interface TrialRequest {
  projectId: string;
  trialId: string;
  /** A zip, as base64. */
  package: string;
  interface: ActionInterface;
  inputs: TrialInputs;
}

export interface StartedTrial {
  result: () => Promise<TrialEnd>;
  cancel: () => Promise<unknown>;
}

/** Has some worker build and call a package. */
export async function startTrial(request: TrialRequest): Promise<StartedTrial> {
  const client = await temporalClient();
  const handle = await client.workflow.start("tryAction", {
    taskQueue: queues.system,
    workflowId: trialWorkflowId(request.projectId, request.trialId),
    args: [request],
    priority: { fairnessKey: request.projectId },
    workflowExecutionTimeout: "40m",
  });
  return { result: () => handle.result() as Promise<TrialEnd>, cancel: () => handle.cancel() };
}
