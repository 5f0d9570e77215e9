import { auditEntries } from "@/drizzle/schema";
import { type Actor, nameActor } from "@/lib/auth";
import { notify, type Transaction } from "@/lib/db";

/**
 * Writes who did what, in the transaction that does it, and has open screens told. `target` is an id or a short summary,
 * never a value.
 */
export async function recordAudit(
  tx: Transaction,
  projectId: string,
  actor: Actor,
  action: string,
  target: string,
): Promise<void> {
  await tx.insert(auditEntries).values({ projectId, actor: nameActor(actor), action, target: target.slice(0, 500) });
  await notify(tx, "project_changed", `${projectId}/${action}`);
}
