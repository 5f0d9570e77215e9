import { route } from "@/lib/http/route";
import { rollbackWorkflow } from "@/lib/workflows";
import { rollbackWorkflowContract } from "@/lib/workflows/contract";

export const POST = route(rollbackWorkflowContract, rollbackWorkflow, ({ params }) => ({
  workflowId: params.workflow,
}));
