import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { versionBeforeLive } from "./choose-version";
import { describeWorkflow } from "./describe";
import { makeLive } from "./publish";
import { lockWorkflow } from "./store";
import { assertRunnable } from "./version-problems";

export const rollbackWorkflow = projectUseCase("workflows.deploy", async (ctx, input: { workflowId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await lockWorkflow(tx, ctx.project.id, input.workflowId);
    if (!row) throw notFound("The workflow");
    const version = await versionBeforeLive(tx, row);
    await assertRunnable(tx, version);
    return describeWorkflow(tx, await makeLive(tx, ctx, row, version));
  }),
);
