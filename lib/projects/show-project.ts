import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { presentProject } from "./present";
import { findProject } from "./store";

export const showProject = projectUseCase("project.view", async (ctx) => {
  const project = await inProject(ctx.project.id, (tx) => findProject(tx, ctx.project.id));
  if (!project) throw notFound("The project");
  return presentProject({ project, role: ctx.project.role });
});
