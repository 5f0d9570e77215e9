import { route } from "@/lib/http/route";
import { startRunByHand } from "@/lib/runs";
import { startRunContract } from "@/lib/runs/contract";

export const POST = route(startRunContract, startRunByHand, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
