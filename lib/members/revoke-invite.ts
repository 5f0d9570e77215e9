import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { deleteOpenInvite } from "./store";

export const revokeInvite = projectUseCase("members.manage", async (ctx, input: { inviteId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    if (!(await deleteOpenInvite(tx, ctx.project.id, input.inviteId))) throw notFound("The invitation");
    await recordAudit(tx, ctx.project.id, ctx.actor, "member.uninvite", input.inviteId);
  }),
);
