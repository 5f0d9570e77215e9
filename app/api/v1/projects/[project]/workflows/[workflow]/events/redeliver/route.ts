import { route } from "@/lib/http/route";
import { redeliverEvents } from "@/lib/triggers";
import { redeliverEventsContract } from "@/lib/triggers/contract";

export const POST = route(redeliverEventsContract, redeliverEvents, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
