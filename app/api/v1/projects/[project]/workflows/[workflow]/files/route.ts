import { route } from "@/lib/http/route";
import { uploadWorkflowFile } from "@/lib/workflows";
import { uploadWorkflowFileContract } from "@/lib/workflows/contract";

export const POST = route(uploadWorkflowFileContract, uploadWorkflowFile, ({ params, query, body }) => ({
  workflowId: params.workflow,
  name: query.name,
  content: body,
}));
