import { route } from "@/lib/http/route";
import { listRuns } from "@/lib/runs";
import { listRunsContract } from "@/lib/runs/contract";

export const GET = route(listRunsContract, listRuns, ({ query }) => query);
