import { and, asc, desc, eq, gt, isNull } from "drizzle-orm";
import type { Role } from "@/drizzle/enums";
import { invites, memberships, projects, users } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";

export type InviteRow = typeof invites.$inferSelect;

export interface MemberRow {
  userId: string;
  email: string;
  name: string | null;
  role: Role;
  joinedAt: Date;
}

const member = {
  userId: memberships.userId,
  email: users.email,
  name: users.name,
  role: memberships.role,
  joinedAt: memberships.createdAt,
};

export function listMemberRows(tx: Transaction, projectId: string): Promise<MemberRow[]> {
  return tx
    .select(member)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.projectId, projectId))
    .orderBy(asc(memberships.createdAt), asc(memberships.userId));
}

/** Every member, held until the transaction ends: two changes at once cannot both leave the other's admin. */
export async function lockMembers(tx: Transaction, projectId: string): Promise<MemberRow[]> {
  await tx.select().from(projects).where(eq(projects.id, projectId)).for("update");
  return listMemberRows(tx, projectId);
}

const isOpen = () => and(isNull(invites.acceptedAt), gt(invites.expiresAt, new Date()));

export function listOpenInvites(tx: Transaction, projectId: string): Promise<InviteRow[]> {
  return tx
    .select()
    .from(invites)
    .where(and(eq(invites.projectId, projectId), isOpen()))
    .orderBy(desc(invites.createdAt))
    .limit(200);
}

/** An address that is invited again has its earlier invitation replaced. */
export async function insertInvite(
  tx: Transaction,
  invite: Pick<InviteRow, "id" | "projectId" | "role" | "email" | "hash" | "invitedBy" | "expiresAt">,
): Promise<InviteRow> {
  if (invite.email)
    await tx
      .delete(invites)
      .where(and(eq(invites.projectId, invite.projectId), eq(invites.email, invite.email), isNull(invites.acceptedAt)));
  const [row] = await tx.insert(invites).values(invite).returning();
  if (!row) throw new Error("the invitation was not inserted");
  return row;
}

/** Locked, so that one link is taken up once. */
export async function lockOpenInvite(tx: Transaction, projectId: string, hash: string): Promise<InviteRow | undefined> {
  const [row] = await tx
    .select()
    .from(invites)
    .where(and(eq(invites.projectId, projectId), eq(invites.hash, hash), isOpen()))
    .for("update");
  return row;
}

export async function findInviter(tx: Transaction, invite: InviteRow): Promise<string | null> {
  if (!invite.invitedBy) return null;
  const [row] = await tx
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, invite.invitedBy));
  return row?.name ?? row?.email ?? null;
}

export async function markAccepted(tx: Transaction, projectId: string, id: string, userId: string): Promise<void> {
  await tx
    .update(invites)
    .set({ acceptedAt: new Date(), acceptedBy: userId })
    .where(and(eq(invites.projectId, projectId), eq(invites.id, id)));
}

export async function deleteOpenInvite(tx: Transaction, projectId: string, id: string): Promise<boolean> {
  const deleted = await tx
    .delete(invites)
    .where(and(eq(invites.projectId, projectId), eq(invites.id, id), isNull(invites.acceptedAt)))
    .returning({ id: invites.id });
  return deleted.length > 0;
}

/** Whose e-mail address it is decides whether an invitation to one address may be taken up. */
export async function emailOf(tx: Transaction, userId: string): Promise<string | undefined> {
  const [row] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  return row?.email;
}
