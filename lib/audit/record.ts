import { type Actor, nameActor } from "@/lib/auth";
import { notify, type Transaction } from "@/lib/db";
import { insertEntry, isRecentlyRecorded } from "./store";

export interface AuditOptions {
  /** What somebody does again and again, as an editor saves, is one entry for this long. */
  onceInMinutes?: number;
}

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
  { onceInMinutes }: AuditOptions = {},
): Promise<void> {
  const entry = { projectId, actor: nameActor(actor), action, target: target.slice(0, 500) };
  const isKnown = onceInMinutes !== undefined && (await isRecentlyRecorded(tx, entry, onceInMinutes));
  if (!isKnown) await insertEntry(tx, entry);
  await notify(tx, "project_changed", `${projectId}/${action}`);
}
