import { route } from "@/lib/http/route";
import { exportWorkflow } from "@/lib/workflows";
import { exportWorkflowContract } from "@/lib/workflows/contract";

export const GET = route(exportWorkflowContract, exportWorkflow, ({ params, query }) => ({
  workflowId: params.workflow,
  ...query,
}));
