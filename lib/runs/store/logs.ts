import { and, asc, eq, sql } from "drizzle-orm";
import { stepLogs } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";

export type LogRow = typeof stepLogs.$inferSelect;

/** A place in a run's log: lines are in order of time, then of step, attempt and number. */
export interface LogPlace {
  at: Date;
  nodeId: string;
  attempt: number;
  seq: number;
}

export function listLogRows(
  tx: Transaction,
  projectId: string,
  runId: string,
  filter: { nodeId?: string | undefined; after?: LogPlace | undefined; limit: number },
): Promise<LogRow[]> {
  const { nodeId, after, limit } = filter;
  const place = sql`(${stepLogs.at}, ${stepLogs.nodeId}, ${stepLogs.attempt}, ${stepLogs.seq})`;
  return tx
    .select()
    .from(stepLogs)
    .where(
      and(
        eq(stepLogs.projectId, projectId),
        eq(stepLogs.runId, runId),
        nodeId === undefined ? undefined : eq(stepLogs.nodeId, nodeId),
        after &&
          sql`${place} > (${after.at.toISOString()}::timestamptz, ${after.nodeId}, ${after.attempt}, ${after.seq})`,
      ),
    )
    .orderBy(asc(stepLogs.at), asc(stepLogs.nodeId), asc(stepLogs.attempt), asc(stepLogs.seq))
    .limit(limit);
}
