import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase, roleMay } from "@/lib/auth";
import { inProject, type Transaction } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { JsonValue } from "@/lib/values";
import { findVersion, publishEdited, type VersionRow } from "@/lib/workflows";
import type { Plan } from "@/lib/workflows/definition/plan";
import { describeRun } from "./describe";
import { storeTriggerOutputs } from "./start-by-hand";
import { acceptRun, newRunInput } from "./start-run";
import { copyStepEnds, findRun } from "./store";

/** The steps that a replay from `node` executes again: that one and all that come after it. */
function stepsFrom(plan: Plan, node: string): Set<string> {
  const again = new Set([node]);
  for (const step of plan.steps) if (step.after.some((before) => again.has(before))) again.add(step.id);
  return again;
}

function reusedSteps(plan: Plan, from: string | undefined): string[] {
  if (from === undefined || from === plan.trigger.id) return [];
  if (!plan.steps.some((step) => step.id === from)) {
    throw new AppError(
      "not_found",
      `The run's workflow has no step “${from}”. Its steps are ${plan.steps.map((step) => step.id).join(", ")}.`,
    );
  }
  const again = stepsFrom(plan, from);
  return plan.steps.map((step) => step.id).filter((id) => !again.has(id));
}

export interface Replay {
  runId: string;
  from?: string | undefined;
  input?: Record<string, JsonValue> | undefined;
}

/** The version to run: the run's own, or one like it whose step gets other inputs. */
function versionFor(
  tx: Transaction,
  ctx: ProjectContext,
  version: VersionRow,
  { from, input }: Replay,
): Promise<VersionRow> | VersionRow {
  if (!input || from === undefined || from === version.plan.trigger.id) return version;
  // What a step is given is its author's to say; what the trigger is given, whoever may start runs.
  if (!roleMay(ctx.project.role, "workflows.edit"))
    throw new AppError("forbidden", `Your role in this project (${ctx.project.role}) does not include workflows.edit.`);
  return publishEdited(tx, version, from, input);
}

/** A new run of the same version with the same input; recorded outputs before `from` are reused. */
export async function replay(ctx: ProjectContext, wanted: Replay): Promise<string> {
  const projectId = ctx.project.id;
  const { original, version } = await inProject(projectId, async (tx) => {
    const row = await findRun(tx, projectId, wanted.runId);
    if (!row) throw notFound("The run");
    const found = await findVersion(tx, projectId, row.workflowVersionId);
    if (!found) throw notFound("The run's workflow version");
    reusedSteps(found.plan, wanted.from);
    return { original: row, version: await versionFor(tx, ctx, found, wanted) };
  });
  const { plan } = version;
  const reused = reusedSteps(plan, wanted.from);
  const isOfTrigger = wanted.from === undefined || wanted.from === plan.trigger.id;
  const triggerOutputs =
    isOfTrigger && wanted.input
      ? await storeTriggerOutputs(projectId, plan.trigger, wanted.input, original.input)
      : original.input;
  const run = newRunInput(
    { projectId, workflowId: version.workflowId, versionId: version.id, plan },
    { source: "replay", input: triggerOutputs, isAwaited: false, replayOf: original.id },
  );
  await acceptRun(run, false, async (tx) => {
    await copyStepEnds(tx, projectId, original.id, run.runId, reused);
    await recordAudit(tx, projectId, ctx.actor, "run.replay", original.id);
  });
  return run.runId;
}

export const replayRun = projectUseCase("runs.start", async (ctx, input: Replay) => {
  const runId = await replay(ctx, input);
  return inProject(ctx.project.id, (tx) => describeRun(tx, ctx.project.id, runId));
});
