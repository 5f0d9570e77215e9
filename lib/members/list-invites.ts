import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { presentInvite } from "./present";
import { listOpenInvites } from "./store";

export const listInvites = projectUseCase("members.manage", async (ctx) => {
  const rows = await inProject(ctx.project.id, (tx) => listOpenInvites(tx, ctx.project.id));
  return { items: rows.map(presentInvite) };
});
