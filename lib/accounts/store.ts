import { and, count, desc, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import { identities, personalTokens, users } from "@/drizzle/schema";
import { databaseHandle, notify, type Transaction } from "@/lib/db";

type Executor = Pick<Transaction, "select" | "insert" | "update" | "delete" | "execute">;
const database = (): Executor => databaseHandle().database;

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(email: string): Promise<UserRow | undefined> {
  const [row] = await database().select().from(users).where(sql`lower(${users.email}) = ${email}`);
  return row;
}

export async function findUser(id: string): Promise<UserRow | undefined> {
  const [row] = await database().select().from(users).where(eq(users.id, id));
  return row;
}

export async function countUsers(tx: Executor): Promise<number> {
  const [row] = await tx.select({ total: count() }).from(users);
  return row?.total ?? 0;
}

export function countAccounts(): Promise<number> {
  return countUsers(database());
}

/** Held for the transaction: two first accounts made at once are seen one after the other. */
export async function lockSignUps(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('millrace.sign-up'))`);
}

/** Undefined when the address is taken. */
export async function insertUser(
  tx: Executor,
  user: { id: string; email: string; name: string | null; passwordHash: string | null },
): Promise<UserRow | undefined> {
  const [row] = await tx.insert(users).values(user).onConflictDoNothing().returning();
  return row;
}

export async function findUserByIdentity(provider: string, providerAccountId: string): Promise<UserRow | undefined> {
  const [row] = await database()
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.providerAccountId, providerAccountId)));
  return row?.user;
}

export async function insertIdentity(
  tx: Executor,
  identity: { provider: string; providerAccountId: string; userId: string },
): Promise<void> {
  await tx.insert(identities).values(identity).onConflictDoNothing();
}

const nextSession = { sessionVersion: sql`${users.sessionVersion} + 1` };

/**
 * Ties a provider's account to one that was made with a password. Nobody proved that address back then, so what was
 * set with it, password, tokens and sessions, ends here.
 */
export async function takeOverAccount(
  tx: Transaction,
  identity: { provider: string; providerAccountId: string; userId: string },
): Promise<void> {
  await insertIdentity(tx, identity);
  await tx
    .update(users)
    .set({ passwordHash: null, ...nextSession })
    .where(eq(users.id, identity.userId));
  await tx.delete(personalTokens).where(eq(personalTokens.userId, identity.userId));
  await notify(tx, "session_ended", identity.userId);
}

export async function insertToken(token: { id: string; userId: string; name: string; hash: string }): Promise<void> {
  await database().insert(personalTokens).values(token);
}

/** The token's owner, unless it has expired; notes its use at most once a minute. */
export async function findTokenOwner(hash: string): Promise<{ tokenId: string; userId: string } | undefined> {
  const usable = or(isNull(personalTokens.expiresAt), gt(personalTokens.expiresAt, new Date()));
  const [row] = await database()
    .select()
    .from(personalTokens)
    .where(and(eq(personalTokens.hash, hash), usable));
  if (!row) return undefined;
  if (!row.lastUsedAt || Date.now() - row.lastUsedAt.getTime() > 60_000) {
    await database().update(personalTokens).set({ lastUsedAt: new Date() }).where(eq(personalTokens.id, row.id));
  }
  return { tokenId: row.id, userId: row.userId };
}

export function listTokenRows(userId: string): Promise<(typeof personalTokens.$inferSelect)[]> {
  return database()
    .select()
    .from(personalTokens)
    .where(eq(personalTokens.userId, userId))
    .orderBy(desc(personalTokens.createdAt))
    .limit(200);
}

export async function deleteTokenOf(userId: string, id: string): Promise<boolean> {
  const deleted = await database()
    .delete(personalTokens)
    .where(and(eq(personalTokens.userId, userId), eq(personalTokens.id, id)))
    .returning({ id: personalTokens.id });
  return deleted.length > 0;
}

export async function updateUserName(id: string, name: string | null): Promise<UserRow | undefined> {
  const [row] = await database().update(users).set({ name }).where(eq(users.id, id)).returning();
  return row;
}

/** Sets a password, and ends all browser sessions and all tokens but the one that is in use. */
export async function replacePassword(tx: Transaction, id: string, passwordHash: string, keptHash: string | null) {
  await tx
    .update(users)
    .set({ passwordHash, ...nextSession })
    .where(eq(users.id, id));
  await notify(tx, "session_ended", id);
  await tx
    .delete(personalTokens)
    .where(and(eq(personalTokens.userId, id), keptHash === null ? undefined : ne(personalTokens.hash, keptHash)));
}

export async function deleteToken(hash: string): Promise<void> {
  await database().delete(personalTokens).where(eq(personalTokens.hash, hash));
}
