import { route } from "@/lib/http/route";
import { listEvents } from "@/lib/triggers";
import { listEventsContract } from "@/lib/triggers/contract";

export const GET = route(listEventsContract, listEvents, ({ params, query }) => ({
  workflowId: params.workflow,
  ...query,
}));
