import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { deleteMembership } from "@/lib/projects";
import { assertAdminRemains, memberAmong } from "./last-admin";
import { lockMembers } from "./store";

async function endMembership(
  ctx: ProjectContext,
  userId: string,
  verb: "member.remove" | "member.leave",
): Promise<void> {
  await inProject(ctx.project.id, async (tx) => {
    const members = await lockMembers(tx, ctx.project.id);
    const member = memberAmong(members, userId);
    assertAdminRemains(members, member);
    await deleteMembership(tx, ctx.project.id, member.userId);
    await recordAudit(tx, ctx.project.id, ctx.actor, verb, member.userId);
  });
}

export const removeMember = projectUseCase("members.manage", (ctx, input: { userId: string }) =>
  endMembership(ctx, input.userId, "member.remove"),
);

/** Everybody may leave. */
export const leaveProject = projectUseCase("project.view", async (ctx) => {
  if (ctx.actor.kind !== "user") throw new AppError("forbidden", "Only people are members.");
  await endMembership(ctx, ctx.actor.userId, "member.leave");
});
