import { route } from "@/lib/http/route";
import { countRuns } from "@/lib/runs";
import { countRunsContract } from "@/lib/runs/bulk/contract";

export const GET = route(countRunsContract, countRuns, ({ query }) => query);
