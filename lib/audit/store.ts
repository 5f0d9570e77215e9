import { and, desc, eq, gt, like, lt, sql } from "drizzle-orm";
import { auditEntries, users } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";

export interface AuditRow {
  id: number;
  actor: string;
  /** The person's name, or address where they have none; null for the system and for people who are gone. */
  person: string | null;
  action: string;
  target: string;
  createdAt: Date;
}

export type NewEntry = Pick<typeof auditEntries.$inferInsert, "projectId" | "actor" | "action" | "target">;

export async function insertEntry(tx: Transaction, entry: NewEntry): Promise<void> {
  await tx.insert(auditEntries).values(entry);
}

export async function isRecentlyRecorded(
  tx: Transaction,
  { projectId, actor, action, target }: NewEntry,
  minutes: number,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.projectId, projectId),
        eq(auditEntries.actor, actor),
        eq(auditEntries.action, action),
        eq(auditEntries.target, target),
        gt(auditEntries.createdAt, sql`now() - make_interval(mins => ${minutes})`),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export interface AuditQuery {
  /** What was done to: `workflow`, `key`, `member`, … */
  about?: string | undefined;
  /** Entries before this one. */
  before?: number | undefined;
  limit: number;
}

export function listAuditRows(tx: Transaction, projectId: string, query: AuditQuery): Promise<AuditRow[]> {
  const { about, before, limit } = query;
  return tx
    .select({
      id: auditEntries.id,
      actor: auditEntries.actor,
      person: sql<string | null>`coalesce(${users.name}, ${users.email})`,
      action: auditEntries.action,
      target: auditEntries.target,
      createdAt: auditEntries.createdAt,
    })
    .from(auditEntries)
    .leftJoin(users, eq(sql`'user:' || ${users.id}`, auditEntries.actor))
    .where(
      and(
        eq(auditEntries.projectId, projectId),
        about === undefined ? undefined : like(auditEntries.action, `${about.replace(/[\\%_]/g, "\\$&")}.%`),
        before === undefined ? undefined : lt(auditEntries.id, before),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(limit);
}
