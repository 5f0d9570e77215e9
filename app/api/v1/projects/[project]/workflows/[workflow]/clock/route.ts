import { route } from "@/lib/http/route";
import { showClock } from "@/lib/triggers";
import { showClockContract } from "@/lib/triggers/contract";

export const GET = route(showClockContract, showClock, ({ params }) => ({ workflowId: params.workflow }));
