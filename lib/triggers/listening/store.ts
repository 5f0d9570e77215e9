import { and, desc, eq, lt, sql } from "drizzle-orm";
import { triggerCursors, triggerLogs } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type StoredValue, storedValueSchema } from "@/lib/values";

export type TriggerLogRow = typeof triggerLogs.$inferSelect;
export type TriggerLogLine = Pick<TriggerLogRow, "at" | "stream" | "line">;

const cursorAt = (projectId: string, workflowId: string) =>
  and(eq(triggerCursors.projectId, projectId), eq(triggerCursors.workflowId, workflowId));

export async function findCursor(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  key: string,
): Promise<StoredValue | undefined> {
  const [row] = await tx
    .select({ value: triggerCursors.value })
    .from(triggerCursors)
    .where(and(cursorAt(projectId, workflowId), eq(triggerCursors.key, key)));
  return row && storedValueSchema.parse(row.value);
}

/** False, with nothing written, where there would be more than `maxKeys`. */
export async function writeCursor(
  tx: Transaction,
  at: { projectId: string; workflowId: string; key: string },
  value: StoredValue,
  maxKeys: number,
): Promise<boolean> {
  const { projectId, workflowId, key } = at;
  await tx
    .insert(triggerCursors)
    .values({ projectId, workflowId, key, value })
    .onConflictDoUpdate({
      target: [triggerCursors.workflowId, triggerCursors.key],
      set: { value, updatedAt: new Date() },
    });
  return (await tx.$count(triggerCursors, cursorAt(projectId, workflowId))) <= maxKeys;
}

export async function deleteCursor(tx: Transaction, projectId: string, workflowId: string, key: string): Promise<void> {
  await tx.delete(triggerCursors).where(and(cursorAt(projectId, workflowId), eq(triggerCursors.key, key)));
}

/** Appends to a trigger's log, of which the last `keep` lines stay. */
export async function appendTriggerLog(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  lines: TriggerLogLine[],
  keep: number,
): Promise<void> {
  await tx.insert(triggerLogs).values(lines.map((line) => ({ projectId, workflowId, ...line })));
  await tx.execute(sql`
    delete from trigger_logs where project_id = ${projectId} and workflow_id = ${workflowId} and id <= (
      select id from trigger_logs where project_id = ${projectId} and workflow_id = ${workflowId}
      order by id desc offset ${keep} limit 1
    )
  `);
}

/** Newest first. */
export function listTriggerLog(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<TriggerLogRow[]> {
  return tx
    .select()
    .from(triggerLogs)
    .where(
      and(
        eq(triggerLogs.projectId, projectId),
        eq(triggerLogs.workflowId, workflowId),
        before === undefined ? undefined : lt(triggerLogs.id, before),
      ),
    )
    .orderBy(desc(triggerLogs.id))
    .limit(limit);
}
