import { ensureBuiltins } from "@/lib/actions";
import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { newId } from "@/lib/ids";
import { type Definition, emptyDefinition } from "./definition/schema";
import { describeWorkflowDetail } from "./describe";
import { loadLibrary } from "./library";
import { sealPasswords } from "./secrets";
import { insertWorkflow } from "./store";

export const createWorkflow = projectUseCase(
  "workflows.edit",
  async (
    ctx,
    input: { name: string; description: string; tags?: string[] | undefined; definition?: Definition | undefined },
  ) => {
    await ensureBuiltins(ctx.project.id);
    return inProject(ctx.project.id, async (tx) => {
      const library = await loadLibrary(tx, ctx.project.id);
      const row = await insertWorkflow(tx, {
        id: newId("workflow"),
        projectId: ctx.project.id,
        name: input.name,
        description: input.description,
        tags: input.tags ?? [],
        definition: sealPasswords(input.definition ?? emptyDefinition, library, null),
      });
      await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.create", row.id);
      return describeWorkflowDetail(tx, row);
    });
  },
);
