import { route } from "@/lib/http/route";
import { deleteRun, showRun } from "@/lib/runs";
import { deleteRunContract, showRunContract } from "@/lib/runs/contract";

export const GET = route(showRunContract, showRun, ({ params, query }) => ({ runId: params.run, ...query }));
export const DELETE = route(deleteRunContract, deleteRun, ({ params }) => ({ runId: params.run }));
