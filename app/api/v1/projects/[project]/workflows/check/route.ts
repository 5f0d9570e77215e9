import { route } from "@/lib/http/route";
import { checkWorkflow } from "@/lib/workflows";
import { checkWorkflowContract } from "@/lib/workflows/contract";

export const POST = route(checkWorkflowContract, checkWorkflow, ({ body }) => ({ content: body }));
