import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { describeWorkflows } from "./describe";
import { listWorkflowRows } from "./store";

export const listWorkflows = projectUseCase("workflows.view", async (ctx) =>
  inProject(ctx.project.id, async (tx) => {
    const rows = await listWorkflowRows(tx, ctx.project.id);
    return { items: await describeWorkflows(tx, ctx.project.id, rows) };
  }),
);
