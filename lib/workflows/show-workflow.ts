import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { describeWorkflowDetail } from "./describe";
import { findWorkflow } from "./store";

export const showWorkflow = projectUseCase("workflows.view", async (ctx, input: { workflowId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await findWorkflow(tx, ctx.project.id, input.workflowId);
    if (!row) throw notFound("The workflow");
    return describeWorkflowDetail(tx, row);
  }),
);
