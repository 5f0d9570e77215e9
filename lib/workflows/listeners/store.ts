import { randomUUID } from "node:crypto";
import { and, count, eq, isNotNull, isNull, ne } from "drizzle-orm";
import type { ListenerState } from "@/drizzle/enums";
import { listeners } from "@/drizzle/schema";
import { notify, type Transaction } from "@/lib/db";

export type ListenerRow = typeof listeners.$inferSelect;

const at = (projectId: string, workflowId: string) =>
  and(eq(listeners.projectId, projectId), eq(listeners.workflowId, workflowId));

export async function findListener(
  tx: Transaction,
  projectId: string,
  workflowId: string,
): Promise<ListenerRow | undefined> {
  const [row] = await tx.select().from(listeners).where(at(projectId, workflowId));
  return row;
}

/** Row security says whose. */
export function listListeners(tx: Transaction): Promise<ListenerRow[]> {
  return tx.select().from(listeners);
}

/** How many workflows of the project have a trigger that listens, besides this one. */
export async function countLiveListeners(tx: Transaction, projectId: string, besides: string): Promise<number> {
  const [row] = await tx
    .select({ total: count() })
    .from(listeners)
    .where(
      and(
        eq(listeners.projectId, projectId),
        ne(listeners.workflowId, besides),
        isNotNull(listeners.workflowVersionId),
      ),
    );
  return row?.total ?? 0;
}

/**
 * Makes the live version's trigger the one that listens for the workflow, or has none listen. Each deployment starts it
 * anew, since that is what people do about one that has ended or fails.
 */
export async function replaceListener(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  versionId: string | null,
): Promise<void> {
  if (!versionId && !(await findListener(tx, projectId, workflowId))) return;
  const wanted = {
    workflowVersionId: versionId,
    deployment: randomUUID(),
    state: "starting" as const,
    since: new Date(),
    reason: null,
    nextTryAt: null,
    failures: 0,
    address: null,
  };
  await tx
    .insert(listeners)
    .values({ projectId, workflowId, ...wanted })
    .onConflictDoUpdate({ target: listeners.workflowId, set: wanted });
  await notify(tx, "listener_changed", `${projectId}/${workflowId}`);
}

/** From here on only this holder says how the listener does. False where another deployment has come meanwhile. */
export async function holdListener(tx: Transaction, row: ListenerRow, holder: string): Promise<boolean> {
  const held = await tx
    .update(listeners)
    .set({ holder, nextTryAt: null, address: null })
    .where(and(at(row.projectId, row.workflowId), eq(listeners.deployment, row.deployment)))
    .returning({ workflowId: listeners.workflowId });
  return held.length > 0;
}

export interface ListenerChange {
  state: ListenerState;
  reason: string | null;
  nextTryAt: Date | null;
  failures: number;
  address: string | null;
}

/** Says how a listener does. Nothing is written for a holder or a deployment that another one has taken over from. */
export async function changeListener(
  tx: Transaction,
  row: ListenerRow,
  holder: string,
  change: ListenerChange,
): Promise<void> {
  const changed = await tx
    .update(listeners)
    .set({ ...change, since: new Date() })
    .where(
      and(at(row.projectId, row.workflowId), eq(listeners.deployment, row.deployment), eq(listeners.holder, holder)),
    )
    .returning({ workflowId: listeners.workflowId });
  if (changed.length > 0) await notify(tx, "project_changed", `${row.projectId}/trigger.state`);
}

/** Nothing listens any more. */
export async function forgetListener(tx: Transaction, projectId: string, workflowId: string): Promise<void> {
  await tx.delete(listeners).where(and(at(projectId, workflowId), isNull(listeners.workflowVersionId)));
}
