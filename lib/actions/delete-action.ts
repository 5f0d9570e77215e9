import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { deleteActionVersionRow, deleteGrantWithoutVersion, findActionVersion, findUsesOfAction } from "./store";

export const deleteAction = projectUseCase(
  "actions.manage",
  async (ctx, input: { actionId: string; version: string }) =>
    inProject(ctx.project.id, async (tx) => {
      const row = await findActionVersion(tx, ctx.project.id, input.actionId, input.version);
      if (!row) throw notFound(`The action ${input.actionId}@${input.version}`);
      if (row.source === "builtin")
        throw new AppError("conflict", `${row.actionId} comes with Millrace and cannot be deleted.`);
      const uses = await findUsesOfAction(tx, ctx.project.id, row);
      if (uses.length > 0) {
        throw new AppError(
          "conflict",
          `${row.actionId}@${row.version} is used by ${uses.length} workflow(s). Change them first.`,
          {
            issues: uses.map((use) => ({ path: `workflows.${use.id}`, message: `${use.name} (${use.where})` })),
          },
        );
      }
      await deleteActionVersionRow(tx, ctx.project.id, row.id);
      await deleteGrantWithoutVersion(tx, ctx.project.id, row.actionId);
      await recordAudit(tx, ctx.project.id, ctx.actor, "action.delete", `${row.actionId}@${row.version}`);
    }),
);
