import { route } from "@/lib/http/route";
import { cancelRuns } from "@/lib/runs";
import { cancelRunsContract } from "@/lib/runs/bulk/contract";

export const POST = route(cancelRunsContract, cancelRuns, ({ body }) => body);
