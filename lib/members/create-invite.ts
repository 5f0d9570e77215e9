import type { Role } from "@/drizzle/enums";
import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { inviteLink, newInviteToken } from "./invite-token";
import { presentInvite } from "./present";
import { insertInvite, listMemberRows } from "./store";

const dayMs = 24 * 3600 * 1000;

export const createInvite = projectUseCase(
  "members.manage",
  async (ctx, input: { role: Role; email?: string | null | undefined; days: number }) => {
    const token = newInviteToken(ctx.project.id);
    return inProject(ctx.project.id, async (tx) => {
      const members = await listMemberRows(tx, ctx.project.id);
      if (input.email && members.some((member) => member.email.toLowerCase() === input.email))
        throw new AppError("conflict", `${input.email} is a member already.`, {
          issues: [{ path: "body.email", message: "This person is a member already." }],
        });
      const row = await insertInvite(tx, {
        id: newId("invite"),
        projectId: ctx.project.id,
        role: input.role,
        email: input.email ?? null,
        hash: hashToken(token),
        invitedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        expiresAt: new Date(Date.now() + input.days * dayMs),
      });
      await recordAudit(tx, ctx.project.id, ctx.actor, "member.invite", `${row.id} ${row.role}`);
      return { ...presentInvite(row), link: inviteLink(token) };
    });
  },
);
