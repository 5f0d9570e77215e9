import { AppError, notFound } from "@/lib/errors";
import type { MemberRow } from "./store";

export function memberAmong(members: MemberRow[], userId: string): MemberRow {
  const found = members.find((member) => member.userId === userId);
  if (!found) throw notFound("The member");
  return found;
}

/** A project without an admin could never be changed again. */
export function assertAdminRemains(members: MemberRow[], leaving: MemberRow): void {
  if (members.some((member) => member.role === "admin" && member.userId !== leaving.userId)) return;
  throw new AppError("conflict", "This is the project's only admin. Make somebody else an admin first.");
}
