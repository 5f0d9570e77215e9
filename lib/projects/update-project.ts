import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject, notify } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { presentProject } from "./present";
import { updateProjectRow } from "./store";

export const updateProject = projectUseCase(
  "project.update",
  async (ctx, input: { name?: string | undefined; requireKey?: boolean | undefined }) =>
    inProject(ctx.project.id, async (tx) => {
      const project = await updateProjectRow(tx, ctx.project.id, {
        ...(input.name !== undefined && { name: input.name }),
        ...(input.requireKey !== undefined && { requireKey: input.requireKey }),
      });
      if (!project) throw notFound("The project");
      await recordAudit(tx, ctx.project.id, ctx.actor, "project.update", JSON.stringify(input));
      // The endpoint router caches the name and the key switch.
      await notify(tx, "endpoints_changed", ctx.project.id);
      return presentProject({ project, role: ctx.project.role });
    }),
);
