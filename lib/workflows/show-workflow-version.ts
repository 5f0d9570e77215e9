import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { WorkflowVersion } from "./contract";
import { hidePasswords } from "./secrets";
import { findVersionByNumber, findWorkflow } from "./store";

export const showWorkflowVersion = projectUseCase(
  "workflows.view",
  async (ctx, input: { workflowId: string; number: number }): Promise<WorkflowVersion> =>
    inProject(ctx.project.id, async (tx) => {
      const row = await findWorkflow(tx, ctx.project.id, input.workflowId);
      const version = row && (await findVersionByNumber(tx, ctx.project.id, row.id, input.number));
      if (!row || !version) throw notFound("The version");
      return {
        number: input.number,
        createdAt: version.createdAt.toISOString(),
        live: version.id === row.liveVersionId,
        definition: hidePasswords(version.definition),
      };
    }),
);
