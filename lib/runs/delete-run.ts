import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { deleteEndedRun, findRun } from "./store";

/** @throws AppError `not_found`, `conflict` where it has not ended */
export async function deleteOne(ctx: ProjectContext, runId: string): Promise<void> {
  await inProject(ctx.project.id, async (tx) => {
    if (!(await deleteEndedRun(tx, ctx.project.id, runId))) {
      if (!(await findRun(tx, ctx.project.id, runId))) throw notFound("The run");
      throw new AppError("conflict", "The run is still under way. Cancel it before you delete it.");
    }
    await recordAudit(tx, ctx.project.id, ctx.actor, "run.delete", runId);
  });
}

export const deleteRun = projectUseCase("runs.delete", (ctx, input: { runId: string }) => deleteOne(ctx, input.runId));
