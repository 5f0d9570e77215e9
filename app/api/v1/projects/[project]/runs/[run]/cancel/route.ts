import { route } from "@/lib/http/route";
import { cancelRun } from "@/lib/runs";
import { cancelRunContract } from "@/lib/runs/contract";

export const POST = route(cancelRunContract, cancelRun, ({ params }) => ({ runId: params.run }));
