import { route } from "@/lib/http/route";
import { cloneWorkflow } from "@/lib/workflows";
import { cloneWorkflowContract } from "@/lib/workflows/contract";

export const POST = route(cloneWorkflowContract, cloneWorkflow, ({ params, body }) => ({
  workflowId: params.workflow,
  name: body.name,
}));
