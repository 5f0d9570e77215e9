import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { maxNameLength } from "./contract";
import { describeWorkflowDetail } from "./describe";
import { findWorkflow, insertWorkflow } from "./store";

const suffix = " (copy)";
const nameOfCopy = (name: string) => `${name.slice(0, maxNameLength - suffix.length)}${suffix}`;

/** Copies a workflow's draft, its sealed passwords and files with it, into one that is not live. */
export const cloneWorkflow = projectUseCase(
  "workflows.edit",
  async (ctx, input: { workflowId: string; name?: string | undefined }) =>
    inProject(ctx.project.id, async (tx) => {
      const original = await findWorkflow(tx, ctx.project.id, input.workflowId);
      if (!original) throw notFound("The workflow");
      const { description, tags, definition } = original;
      const name = input.name ?? nameOfCopy(original.name);
      const id = newId("workflow");
      const row = await insertWorkflow(tx, { id, projectId: ctx.project.id, name, description, tags, definition });
      await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.clone", row.id);
      return describeWorkflowDetail(tx, row);
    }),
);
