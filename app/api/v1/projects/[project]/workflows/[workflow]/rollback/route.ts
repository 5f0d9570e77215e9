import { route } from "@/lib/http/route";
import { previewRollback, rollbackWorkflow } from "@/lib/workflows";
import { previewRollbackContract, rollbackWorkflowContract } from "@/lib/workflows/contract";

export const GET = route(previewRollbackContract, previewRollback, ({ params }) => ({
  workflowId: params.workflow,
}));

export const POST = route(rollbackWorkflowContract, rollbackWorkflow, ({ params }) => ({
  workflowId: params.workflow,
}));
