import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import { isRunOver } from "../status";
import { findRun, type LogRow, listLogRows } from "../store";
import type { LogLineResource } from "./contract";

const sort = "logs.at";

export interface ReadLogs {
  runId: string;
  node?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export const readRunLogs = projectUseCase("runs.view", async (ctx, input: ReadLogs) => {
  const [at, nodeId, attempt, seq] = decodeCursor(sort, input.cursor) ?? [];
  const after = at && nodeId ? { at: new Date(at), nodeId, attempt: Number(attempt), seq: Number(seq) } : undefined;
  return inProject(ctx.project.id, async (tx) => {
    const run = await findRun(tx, ctx.project.id, input.runId);
    if (!run) throw notFound("The run");
    const rows = await listLogRows(tx, ctx.project.id, run.id, { nodeId: input.node, after, limit: input.limit });
    const last = rows.at(-1);
    return {
      items: rows.map(presentLogLine),
      cursor: last
        ? encodeCursor(sort, [last.at.toISOString(), last.nodeId, String(last.attempt), String(last.seq)])
        : (input.cursor ?? null),
      ended: isRunOver(run.state) && rows.length < input.limit,
    };
  });
});

function presentLogLine(row: LogRow): LogLineResource {
  return {
    node: row.nodeId,
    attempt: row.attempt,
    seq: row.seq,
    at: row.at.toISOString(),
    stream: row.stream,
    line: row.line,
  };
}
