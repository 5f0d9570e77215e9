import type { Role } from "@/drizzle/enums";
import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { updateMembership } from "@/lib/projects";
import { assertAdminRemains, memberAmong } from "./last-admin";
import { presentMember } from "./present";
import { lockMembers } from "./store";

export const changeMemberRole = projectUseCase("members.manage", async (ctx, input: { userId: string; role: Role }) =>
  inProject(ctx.project.id, async (tx) => {
    const members = await lockMembers(tx, ctx.project.id);
    const member = memberAmong(members, input.userId);
    if (input.role !== "admin") assertAdminRemains(members, member);
    await updateMembership(tx, ctx.project.id, member.userId, input.role);
    await recordAudit(tx, ctx.project.id, ctx.actor, "member.role", `${member.userId} ${input.role}`);
    return presentMember({ ...member, role: input.role });
  }),
);
