import { route } from "@/lib/http/route";
import { showWorkflowVersion } from "@/lib/workflows";
import { showWorkflowVersionContract } from "@/lib/workflows/contract";

export const GET = route(showWorkflowVersionContract, showWorkflowVersion, ({ params }) => ({
  workflowId: params.workflow,
  number: params.version,
}));
