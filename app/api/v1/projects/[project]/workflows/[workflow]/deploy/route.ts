import { route } from "@/lib/http/route";
import { deployWorkflow, previewDeployment } from "@/lib/workflows";
import { deployWorkflowContract, previewDeploymentContract } from "@/lib/workflows/contract";

export const GET = route(previewDeploymentContract, previewDeployment, ({ params, query }) => ({
  workflowId: params.workflow,
  version: query.version,
}));

export const POST = route(deployWorkflowContract, deployWorkflow, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
