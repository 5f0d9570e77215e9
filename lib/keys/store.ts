import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";

export type KeyRow = typeof apiKeys.$inferSelect;

/** Undefined when a key of that name is in use. */
export async function insertKey(
  tx: Transaction,
  key: Pick<KeyRow, "id" | "projectId" | "name" | "prefix" | "hash" | "expiresAt">,
): Promise<KeyRow | undefined> {
  const [row] = await tx.insert(apiKeys).values(key).onConflictDoNothing().returning();
  return row;
}

export function listKeyRows(tx: Transaction, projectId: string): Promise<KeyRow[]> {
  return tx.select().from(apiKeys).where(eq(apiKeys.projectId, projectId)).orderBy(desc(apiKeys.createdAt)).limit(500);
}

export async function findKeyByHash(tx: Transaction, projectId: string, hash: string): Promise<KeyRow | undefined> {
  const [row] = await tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.hash, hash)));
  return row;
}

/** Revoked ones too: their row stays. */
export async function findKeyName(tx: Transaction, projectId: string, id: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, id)));
  return row?.name;
}

export async function markKeyRevoked(tx: Transaction, projectId: string, id: string): Promise<KeyRow | undefined> {
  const [row] = await tx
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(revoked_at, now())` })
    .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, id)))
    .returning();
  return row;
}

export async function markKeyUsed(tx: Transaction, projectId: string, id: string): Promise<void> {
  await tx
    .update(apiKeys)
    .set({ lastUsedAt: new Date() })
    .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
}
