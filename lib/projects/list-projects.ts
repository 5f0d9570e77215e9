import { userUseCase } from "@/lib/auth";
import { asUser } from "@/lib/db";
import { presentProject } from "./present";
import { listProjectsOfUser } from "./store";

export const listProjects = userUseCase(async (ctx) => {
  const rows = await asUser(ctx.actor.userId, (tx) => listProjectsOfUser(tx, ctx.actor.userId));
  return { items: rows.map(presentProject) };
});
