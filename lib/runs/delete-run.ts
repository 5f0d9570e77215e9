import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { deleteEndedRun, findRun } from "./store";

export const deleteRun = projectUseCase("runs.delete", async (ctx, input: { runId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    if (!(await deleteEndedRun(tx, ctx.project.id, input.runId))) {
      if (!(await findRun(tx, ctx.project.id, input.runId))) throw notFound("The run");
      throw new AppError("conflict", "The run is still under way. Cancel it before you delete it.");
    }
    await recordAudit(tx, ctx.project.id, ctx.actor, "run.delete", input.runId);
  }),
);
