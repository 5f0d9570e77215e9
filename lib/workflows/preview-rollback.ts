import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { versionBeforeLive } from "./choose-version";
import { findWorkflow } from "./store";
import { whatChanges } from "./what-changes";

/** What would change for the workflow and its callers if it were rolled back. */
export const previewRollback = projectUseCase("workflows.view", async (ctx, input: { workflowId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await findWorkflow(tx, ctx.project.id, input.workflowId);
    if (!row) throw notFound("The workflow");
    return whatChanges(tx, row, await versionBeforeLive(tx, row));
  }),
);
