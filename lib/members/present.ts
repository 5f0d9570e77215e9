import type { InviteResource, MemberResource } from "./contract";
import type { InviteRow, MemberRow } from "./store";

export function presentMember(row: MemberRow): MemberResource {
  return {
    userId: row.userId,
    email: row.email,
    name: row.name,
    role: row.role,
    joinedAt: row.joinedAt.toISOString(),
  };
}

export function presentInvite(row: InviteRow): InviteResource {
  return {
    id: row.id,
    role: row.role,
    email: row.email,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
