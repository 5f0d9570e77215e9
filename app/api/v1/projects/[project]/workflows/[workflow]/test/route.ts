import { route } from "@/lib/http/route";
import { testDraft } from "@/lib/runs";
import { testDraftContract } from "@/lib/runs/contract";

export const POST = route(testDraftContract, testDraft, ({ params, body }) => ({
  workflowId: params.workflow,
  ...body,
}));
