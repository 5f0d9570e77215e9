import { recordAudit } from "@/lib/audit";
import { userUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { newProjectId } from "@/lib/ids";
import { presentProject } from "./present";
import { insertMembership, insertProject } from "./store";

export const createProject = userUseCase(async (ctx, input: { name: string }) => {
  const id = newProjectId();
  return inProject(id, async (tx) => {
    const project = await insertProject(tx, { id, name: input.name });
    await insertMembership(tx, { projectId: id, userId: ctx.actor.userId, role: "admin" });
    await recordAudit(tx, id, ctx.actor, "project.create", id);
    return presentProject({ project, role: "admin" });
  });
});
