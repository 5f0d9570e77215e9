import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { presentMember } from "./present";
import { listMemberRows } from "./store";

export const listMembers = projectUseCase("members.view", async (ctx) => {
  const rows = await inProject(ctx.project.id, (tx) => listMemberRows(tx, ctx.project.id));
  return { items: rows.map(presentMember) };
});
