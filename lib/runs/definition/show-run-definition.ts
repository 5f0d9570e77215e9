import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { findVersion, hidePasswords } from "@/lib/workflows";
import { findRun } from "../store";

/** The workflow as it stood when the run began, a draft that was tested included. */
export const showRunDefinition = projectUseCase("runs.view", async (ctx, input: { runId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const run = await findRun(tx, ctx.project.id, input.runId);
    const version = run && (await findVersion(tx, ctx.project.id, run.workflowVersionId));
    if (!version) throw notFound("The run");
    return { definition: hidePasswords(version.definition) };
  }),
);
