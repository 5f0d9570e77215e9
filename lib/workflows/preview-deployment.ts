import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { versionNumbered } from "./choose-version";
import { findWorkflow } from "./store";
import { whatChanges } from "./what-changes";

/** What would change for the workflow and its callers if the draft, or an earlier version, went live. */
export const previewDeployment = projectUseCase(
  "workflows.view",
  async (ctx, input: { workflowId: string; version?: number | undefined }) =>
    inProject(ctx.project.id, async (tx) => {
      const row = await findWorkflow(tx, ctx.project.id, input.workflowId);
      if (!row) throw notFound("The workflow");
      return whatChanges(tx, row, input.version === undefined ? null : await versionNumbered(tx, row, input.version));
    }),
);
