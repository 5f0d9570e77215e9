import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { assertRunnable } from "./deploy-workflow";
import { describeWorkflow } from "./describe";
import { makeLive } from "./publish";
import { findVersion, findVersionBefore, lockWorkflow } from "./store";

export const rollbackWorkflow = projectUseCase("workflows.deploy", async (ctx, input: { workflowId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await lockWorkflow(tx, ctx.project.id, input.workflowId);
    if (!row) throw notFound("The workflow");
    const live = row.liveVersionId ? await findVersion(tx, ctx.project.id, row.liveVersionId) : undefined;
    // A stopped workflow goes back to what was newest.
    const version = await findVersionBefore(tx, ctx.project.id, row.id, live?.number ?? row.lastVersionNumber + 1);
    if (!version) throw new AppError("conflict", "There is no earlier version to go back to.");
    await assertRunnable(tx, ctx.project.id, version);
    return describeWorkflow(tx, await makeLive(tx, ctx, row, version));
  }),
);
