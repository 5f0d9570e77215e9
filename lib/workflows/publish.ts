import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "@/lib/audit";
import type { ProjectContext } from "@/lib/auth";
import { notify, type Transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { limitReached, limitsOf } from "@/lib/limits";
import { type JsonValue, storeValue } from "@/lib/values";
import { coerceInput } from "@/lib/values/coerce";
import type { IoDefinition } from "@/lib/values/types";
import { replaceClock } from "./clocks/store";
import type { Library } from "./definition/library";
import { buildPlan, type Plan, type PlanSource, routeOf } from "./definition/plan";
import { isValid, problemCodes } from "./definition/problems";
import { endpointClash } from "./endpoint-clash";
import { replaceFollower } from "./followers/store";
import { judge } from "./judge";
import { countLiveListeners, replaceListener } from "./listeners/store";
import { openSealed } from "./secrets";
import {
  findVersionByNumber,
  insertVersion,
  lockEndpoints,
  replaceEndpoint,
  updateWorkflowRow,
  type VersionRow,
  type WorkflowRow,
} from "./store";

/** Turns a fixed input into what a plan holds: passwords sealed, large values by reference. */
async function storeFixed(
  projectId: string,
  io: IoDefinition,
  source: { static: unknown } | { sealed: unknown } | { file: unknown },
): Promise<PlanSource> {
  if ("file" in source) {
    const { blob, size, name } = source.file as { blob: string; size: number; name: string };
    return { stored: { kind: io.type === "directory" ? "directory" : "file", blob, size, name } };
  }
  const value = "sealed" in source ? openSealed(String(source.sealed)) : (source.static as JsonValue);
  const coerced = value === null ? undefined : coerceInput(io, value);
  return {
    stored: await storeValue(projectId, coerced?.ok ? coerced.value : value, io.type === "password" && value !== null),
  };
}

/** What a run of the draft needs. @throws AppError `invalid_definition` with every problem that is not `ignored` */
export async function planDraft(
  tx: Transaction,
  ctx: ProjectContext,
  workflow: WorkflowRow,
  ignored: string[] = [],
): Promise<{ plan: Plan; library: Library }> {
  const judgement = await judge(tx, ctx.project.id, workflow.definition, workflow.id);
  const problems = judgement.problems.filter((problem) => !ignored.includes(problem.code ?? ""));
  if (!isValid(problems)) {
    const errors = problems.filter((problem) => problem.severity !== "warning");
    const clash = errors.every((problem) => problem.code === problemCodes.endpointClash);
    const first = errors[0]?.message ?? "";
    const message = errors.length === 1 ? first : `The workflow has ${errors.length} problems. The first: ${first}`;
    throw new AppError(clash ? "conflict" : "invalid_definition", message, { issues: problems });
  }
  const { library } = judgement;
  const plan = await buildPlan(workflow.definition, library, (io, source) => storeFixed(ctx.project.id, io, source));
  return { plan, library };
}

/** The action versions that a plan runs. */
export function usedBy(plan: Plan): string[] {
  return [plan.trigger.action.versionId, ...plan.steps.map((step) => step.action.versionId)];
}

/**
 * Makes the draft an immutable version with its plan; the newest version is taken again where the draft has not
 * changed since.
 * @throws AppError `invalid_definition` with every problem
 */
export async function publishDraft(
  tx: Transaction,
  ctx: ProjectContext,
  workflow: WorkflowRow,
): Promise<{ workflow: WorkflowRow; version: VersionRow }> {
  const { plan, library } = await planDraft(tx, ctx, workflow);
  const newest = await findVersionByNumber(tx, ctx.project.id, workflow.id, workflow.lastVersionNumber);
  if (newest && isSameVersion(newest, workflow, library)) return { workflow, version: newest };
  const number = workflow.lastVersionNumber + 1;
  const version = await insertVersion(
    tx,
    {
      id: newId("workflowVersion"),
      projectId: ctx.project.id,
      workflowId: workflow.id,
      number,
      definition: workflow.definition,
      plan,
    },
    usedBy(plan),
  );
  await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.publish", version.id);
  const updated = await updateWorkflowRow(tx, ctx.project.id, workflow.id, { lastVersionNumber: number });
  return { workflow: updated, version };
}

/** The same definition over the same builds: an action that was deleted and pushed anew has another id. */
export function isSameVersion(version: VersionRow, workflow: WorkflowRow, library: Library): boolean {
  const known = new Set([...library.actions.values()].map((action) => action.versionId));
  return (
    isDeepStrictEqual(version.definition, workflow.definition) && usedBy(version.plan).every((id) => known.has(id))
  );
}

/** @throws AppError `conflict` where as many others listen as the project may have */
async function assertListenerRoom(tx: Transaction, projectId: string, workflowId: string): Promise<void> {
  const { listeningTriggers } = await limitsOf(projectId);
  await lockEndpoints(tx, projectId);
  const others = await countLiveListeners(tx, projectId, workflowId);
  if (others >= listeningTriggers)
    throw limitReached({ projectId, name: "listeningTriggers", value: listeningTriggers });
}

/** Points calls at a version. @throws AppError `conflict` when another live workflow has its endpoint */
export async function makeLive(
  tx: Transaction,
  ctx: ProjectContext,
  workflow: WorkflowRow,
  version: VersionRow,
): Promise<WorkflowRow> {
  const { clock, follow } = version.plan;
  const route = routeOf(version.plan);
  if (route) {
    await lockEndpoints(tx, ctx.project.id);
    const clash = await endpointClash(tx, ctx.project.id, version.plan.trigger.id, route, workflow.id);
    if (clash) throw new AppError("conflict", clash.message);
  }
  await replaceEndpoint(
    tx,
    ctx.project.id,
    workflow.id,
    route && {
      projectId: ctx.project.id,
      workflowId: workflow.id,
      workflowVersionId: version.id,
      method: route.method,
      path: route.path,
      shape: route.shape,
    },
  );
  await replaceClock(tx, ctx.project.id, workflow.id, clock && { versionId: version.id, settings: clock });
  await replaceFollower(tx, ctx.project.id, workflow.id, follow && { versionId: version.id, settings: follow });
  if (version.plan.listener) await assertListenerRoom(tx, ctx.project.id, workflow.id);
  await replaceListener(tx, ctx.project.id, workflow.id, version.plan.listener && version.id);
  const live = await updateWorkflowRow(tx, ctx.project.id, workflow.id, { liveVersionId: version.id });
  await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.deploy", `${workflow.id} version ${version.number}`);
  await notify(tx, "endpoints_changed", ctx.project.id);
  return live;
}
