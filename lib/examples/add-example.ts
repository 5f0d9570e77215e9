import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { awaitBuilds, importFolder } from "@/lib/actions";
import { projectUseCase } from "@/lib/auth";
import { AppError, notFound } from "@/lib/errors";
import { importWorkflow } from "@/lib/workflows";
import { readExamples } from "./read-examples";

/** None of them has dependencies, so a build takes seconds. */
const buildPatienceMs = 60_000;

/**
 * Adds an example and makes it live. It goes through the doors that anybody's own packages and workflow files take; what
 * fails on the way leaves no workflow behind.
 */
export const addExample = projectUseCase("workflows.deploy", async (ctx, input: { id: string }) => {
  const example = (await readExamples()).find(({ id }) => id === input.id);
  if (!example) throw notFound(`The example ${input.id}`);
  const pushed = await importFolder(ctx, example.folder, "example");
  const actions = pushed.map(({ action, problems }) => {
    if (action) return { actionId: action.id, version: action.version };
    throw new AppError("conflict", problems.at(-1)?.message ?? "One of its actions could not be added.");
  });
  await awaitBuilds(ctx.project.id, actions, buildPatienceMs);
  const file = await readFile(join(example.folder, "workflow.yaml"));
  const content = new Blob([new Uint8Array(file)]).stream();
  const { warnings: _, ...workflow } = await importWorkflow(ctx, { content, deploy: true, force: false });
  return workflow;
});
