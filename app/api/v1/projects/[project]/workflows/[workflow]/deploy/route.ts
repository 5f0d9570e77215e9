import { route } from "@/lib/http/route";
import { deployWorkflow } from "@/lib/workflows";
import { deployWorkflowContract } from "@/lib/workflows/contract";

export const POST = route(deployWorkflowContract, deployWorkflow, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
