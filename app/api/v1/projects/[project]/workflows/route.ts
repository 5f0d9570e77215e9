import { route } from "@/lib/http/route";
import { createWorkflow, listWorkflows } from "@/lib/workflows";
import { createWorkflowContract, listWorkflowsContract } from "@/lib/workflows/contract";

export const GET = route(listWorkflowsContract, listWorkflows, () => undefined);
export const POST = route(createWorkflowContract, createWorkflow, ({ body }) => body);
