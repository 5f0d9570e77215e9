import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject, type Transaction } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { assertRevision } from "./assert-revision";
import { versionNumbered } from "./choose-version";
import { describeWorkflow } from "./describe";
import { makeLive, publishDraft } from "./publish";
import { lockWorkflow, type WorkflowRow } from "./store";
import { assertRunnable } from "./version-problems";

async function chooseVersion(tx: Transaction, ctx: ProjectContext, row: WorkflowRow, number: number | undefined) {
  if (number === undefined) return publishDraft(tx, ctx, row);
  const version = await versionNumbered(tx, row, number);
  await assertRunnable(tx, version);
  return { workflow: row, version };
}

export const deployWorkflow = projectUseCase(
  "workflows.deploy",
  async (ctx, input: { workflowId: string; version?: number | undefined; revision?: number | undefined }) =>
    inProject(ctx.project.id, async (tx) => {
      const row = await lockWorkflow(tx, ctx.project.id, input.workflowId);
      if (!row) throw notFound("The workflow");
      assertRevision(row, input.revision);
      const { workflow, version } = await chooseVersion(tx, ctx, row, input.version);
      return describeWorkflow(tx, await makeLive(tx, ctx, workflow, version));
    }),
);
