import { route } from "@/lib/http/route";
import { readRunLogs } from "@/lib/runs";
import { runLogsContract } from "@/lib/runs/logs/contract";

export const GET = route(runLogsContract, readRunLogs, ({ params, query }) => ({ runId: params.run, ...query }));
