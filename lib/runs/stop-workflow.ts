import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { describeWorkflow, lockWorkflow, takeOffAir } from "@/lib/workflows";
import { cancelOpenRuns } from "./cancel-run";

export const stopWorkflow = projectUseCase(
  "workflows.deploy",
  async (ctx, input: { workflowId: string; cancelRuns: boolean }) => {
    const stopped = await inProject(ctx.project.id, async (tx) => {
      const row = await lockWorkflow(tx, ctx.project.id, input.workflowId);
      if (!row) throw notFound("The workflow");
      if (!row.liveVersionId && !input.cancelRuns) throw new AppError("conflict", "The workflow is not live.");
      return describeWorkflow(tx, row.liveVersionId ? await takeOffAir(tx, ctx, row) : row);
    });
    if (input.cancelRuns) await cancelOpenRuns(ctx, input.workflowId);
    return stopped;
  },
);
