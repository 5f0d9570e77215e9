import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { assertRevision } from "./assert-revision";
import type { Definition } from "./definition/schema";
import { describeWorkflowDetail } from "./describe";
import { loadLibrary } from "./library";
import { sealPasswords } from "./secrets";
import { lockWorkflow, updateWorkflowRow } from "./store";

export interface UpdateWorkflow {
  workflowId: string;
  revision?: number | undefined;
  name?: string | undefined;
  description?: string | undefined;
  tags?: string[] | undefined;
  definition?: Definition | undefined;
}

export const updateWorkflow = projectUseCase("workflows.edit", async (ctx, input: UpdateWorkflow) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await lockWorkflow(tx, ctx.project.id, input.workflowId);
    if (!row) throw notFound("The workflow");
    assertRevision(row, input.revision);
    const library = await loadLibrary(tx, ctx.project.id);
    const updated = await updateWorkflowRow(tx, ctx.project.id, row.id, {
      ...(input.name !== undefined && { name: input.name }),
      ...(input.description !== undefined && { description: input.description }),
      ...(input.tags !== undefined && { tags: input.tags }),
      ...(input.definition && { definition: sealPasswords(input.definition, library, row.definition) }),
    });
    await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.update", row.id, { onceInMinutes: 15 });
    return describeWorkflowDetail(tx, updated);
  }),
);
