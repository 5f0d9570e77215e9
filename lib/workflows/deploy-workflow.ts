import { findActionVersionsByIds } from "@/lib/actions";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject, type Transaction } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { assertRevision } from "./assert-revision";
import { describeWorkflow } from "./describe";
import { makeLive, publishDraft } from "./publish";
import { findVersionByNumber, lockWorkflow, type VersionRow, type WorkflowRow } from "./store";

/** @throws AppError `conflict` when an action that an earlier version used has been deleted since */
export async function assertRunnable(tx: Transaction, projectId: string, version: VersionRow): Promise<void> {
  const used = [version.plan.trigger, ...version.plan.steps].map((node) => node.action);
  const present = new Set(
    (
      await findActionVersionsByIds(
        tx,
        projectId,
        used.map((action) => action.versionId),
      )
    ).map((row) => row.id),
  );
  const missing = used.filter((action) => !present.has(action.versionId));
  if (missing.length === 0) return;
  const names = missing.map((action) => `${action.id}@${action.version}`).join(", ");
  throw new AppError(
    "conflict",
    `Version ${version.number} cannot go live again: ${names} was deleted from the library.`,
  );
}

async function chooseVersion(tx: Transaction, ctx: ProjectContext, row: WorkflowRow, number: number | undefined) {
  if (number === undefined) return publishDraft(tx, ctx, row);
  const version = await findVersionByNumber(tx, ctx.project.id, row.id, number);
  if (!version) throw notFound(`Version ${number}`);
  await assertRunnable(tx, ctx.project.id, version);
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
