import { route } from "@/lib/http/route";
import { replayRuns } from "@/lib/runs";
import { replayRunsContract } from "@/lib/runs/bulk/contract";

export const POST = route(replayRunsContract, replayRuns, ({ body }) => body);
