import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { findVersion } from "@/lib/workflows";
import type { Plan } from "@/lib/workflows/definition/plan";
import { describeRun } from "./describe";
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

/** A new run of the same version with the same input; recorded outputs before `from` are reused. */
export const replayRun = projectUseCase(
  "runs.start",
  async (ctx, input: { runId: string; from?: string | undefined }) => {
    const projectId = ctx.project.id;
    const { original, version } = await inProject(projectId, async (tx) => {
      const row = await findRun(tx, projectId, input.runId);
      if (!row) throw notFound("The run");
      const found = await findVersion(tx, projectId, row.workflowVersionId);
      if (!found) throw notFound("The run's workflow version");
      return { original: row, version: found };
    });
    const reused = reusedSteps(version.plan, input.from);
    const startable = { projectId, workflowId: version.workflowId, versionId: version.id, plan: version.plan };
    const run = newRunInput(startable, {
      source: "replay",
      input: original.input,
      isAwaited: false,
      replayOf: original.id,
    });
    await acceptRun(run, false, async (tx) => {
      await copyStepEnds(tx, projectId, original.id, run.runId, reused);
      await recordAudit(tx, projectId, ctx.actor, "run.replay", original.id);
    });
    return inProject(projectId, (tx) => describeRun(tx, projectId, run.runId));
  },
);
