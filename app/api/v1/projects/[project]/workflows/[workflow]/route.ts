import { route } from "@/lib/http/route";
import { deleteWorkflow } from "@/lib/runs";
import { showWorkflow, updateWorkflow } from "@/lib/workflows";
import { deleteWorkflowContract, showWorkflowContract, updateWorkflowContract } from "@/lib/workflows/contract";

export const GET = route(showWorkflowContract, showWorkflow, ({ params }) => ({ workflowId: params.workflow }));
export const PUT = route(updateWorkflowContract, updateWorkflow, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
export const DELETE = route(deleteWorkflowContract, deleteWorkflow, ({ params }) => ({
  workflowId: params.workflow,
}));
