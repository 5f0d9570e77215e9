import { route } from "@/lib/http/route";
import { importWorkflow } from "@/lib/workflows";
import { importWorkflowContract } from "@/lib/workflows/contract";

export const POST = route(importWorkflowContract, importWorkflow, ({ body, query }) => ({ content: body, ...query }));
