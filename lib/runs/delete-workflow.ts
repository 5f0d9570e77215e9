import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { deleteWorkflowRow, lockWorkflow } from "@/lib/workflows";
import { listOpenRunIds } from "./store";

export const deleteWorkflow = projectUseCase("workflows.edit", async (ctx, input: { workflowId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await lockWorkflow(tx, ctx.project.id, input.workflowId);
    if (!row) throw notFound("The workflow");
    if (row.liveVersionId) throw new AppError("conflict", "The workflow is live. Stop it before you delete it.");
    const open = await listOpenRunIds(tx, ctx.project.id, row.id);
    if (open.length > 0)
      throw new AppError(
        "conflict",
        `${open.length} of its runs are still under way. Cancel them, or wait for their end.`,
      );
    await deleteWorkflowRow(tx, ctx.project.id, row.id);
    await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.delete", row.id);
  }),
);
