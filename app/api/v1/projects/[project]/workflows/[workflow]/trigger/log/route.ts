import { route } from "@/lib/http/route";
import { readTriggerLog } from "@/lib/triggers";
import { readTriggerLogContract } from "@/lib/triggers/contract";

export const GET = route(readTriggerLogContract, readTriggerLog, ({ params, query }) => ({
  workflowId: params.workflow,
  ...query,
}));
