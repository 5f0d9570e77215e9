import { route } from "@/lib/http/route";
import { stopWorkflow } from "@/lib/runs";
import { stopWorkflowContract } from "@/lib/workflows/contract";

export const POST = route(stopWorkflowContract, stopWorkflow, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
