import { route } from "@/lib/http/route";
import { replayRun } from "@/lib/runs";
import { replayRunContract } from "@/lib/runs/contract";

export const POST = route(replayRunContract, replayRun, ({ params, body }) => ({ runId: params.run, ...body }));
