import { route } from "@/lib/http/route";
import { showTrigger } from "@/lib/triggers";
import { showTriggerContract } from "@/lib/triggers/contract";

export const GET = route(showTriggerContract, showTrigger, ({ params }) => ({ workflowId: params.workflow }));
