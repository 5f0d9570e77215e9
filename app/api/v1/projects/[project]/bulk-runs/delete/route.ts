import { route } from "@/lib/http/route";
import { deleteRuns } from "@/lib/runs";
import { deleteRunsContract } from "@/lib/runs/bulk/contract";

export const POST = route(deleteRunsContract, deleteRuns, ({ body }) => body);
