import type { StepState } from "@/drizzle/enums";
import { answerContractOf, type Plan, type PlanStep } from "@/lib/workflows/definition/plan";
import type { LinkedRun, RunDetail, RunSummary, StepResource } from "./contract";
import type { RunError, StepError } from "./outcome";
import { resultLink } from "./result-link";
import { showValue, showValues } from "./show-values";
import { isRunOver } from "./status";
import type { AttemptRow, RunRow, StepRow } from "./store";

export interface RunNames {
  workflowName: string;
  /** Null for a test of a draft. */
  versionNumber: number | null;
}

const isoOrNull = (date: Date | null) => date?.toISOString() ?? null;

function durationOf(row: { startedAt: Date | null; finishedAt: Date | null }): number | null {
  if (!row.startedAt) return null;
  return (row.finishedAt ?? new Date()).getTime() - row.startedAt.getTime();
}

function presentError(error: StepError | RunError | null, node: string | null): StepResource["error"] {
  if (!error) return null;
  const { type, message, stack, ryax } = error;
  return { type, message: ryax && message === "" ? ryax.message : message, code: ryax?.code ?? null, stack, node };
}

export function presentRunSummary(row: RunRow, names: RunNames): RunSummary {
  const isHttp = row.source === "http";
  return {
    id: row.id,
    state: row.state,
    workflow: { id: row.workflowId, name: names.workflowName },
    version: names.versionNumber,
    source: row.source,
    createdAt: row.createdAt.toISOString(),
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
    durationMs: durationOf(row),
    cancelRequested: row.cancelRequestedAt !== null,
    http: isHttp ? { status: row.httpStatus, answered: row.answeredStatus ?? row.httpStatus } : null,
    error: presentError(row.error, row.error?.node ?? null),
  };
}

export interface RunParts {
  plan: Plan;
  steps: StepRow[];
  attempts: AttemptRow[];
  startedBy: LinkedRun | null;
  started: LinkedRun[];
  keyName: string | null;
}

export function presentRunDetail(row: RunRow, names: RunNames, parts: RunParts): RunDetail {
  const { plan } = parts;
  const byNode = new Map(parts.steps.map((step) => [step.nodeId, step]));
  const show = (values: StepRow["inputs"]) => values && showValues(row.projectId, row.id, values);
  return {
    ...presentRunSummary(row, names),
    inputs: showValues(row.projectId, row.id, row.input),
    outputs:
      row.result &&
      Object.fromEntries(row.result.map(([key, value]) => [key || "file", showValue(row.projectId, row.id, value)])),
    resultLink: answerContractOf(plan) ? resultLink(row.projectId, row.id) : null,
    replayOf: row.replayOf,
    keyName: parts.keyName,
    startedBy: parts.startedBy,
    started: parts.started,
    steps: [
      presentTrigger(row, plan),
      ...plan.steps.map((step) => {
        const stepRow = byNode.get(step.id);
        const earlier = parts.attempts.filter((attempt) => attempt.nodeId === step.id);
        return presentStep(row, step, stepRow, earlier, show);
      }),
    ],
  };
}

/** The trigger is a step too: it had ended when the run began. */
function presentTrigger(row: RunRow, { trigger }: Plan): StepResource {
  return {
    node: trigger.id,
    name: trigger.name,
    action: `${trigger.action.id}@${trigger.action.version}`,
    kind: "trigger",
    state: "completed",
    attempts: 1,
    inputs: {},
    outputs: showValues(row.projectId, row.id, row.input),
    error: null,
    progress: null,
    isolation: null,
    startedAt: row.createdAt.toISOString(),
    finishedAt: row.createdAt.toISOString(),
    durationMs: 0,
    earlierAttempts: [],
  };
}

/** A step without a row has not begun, and will not once the run is over. */
function stateWithoutRow(row: RunRow): StepState {
  if (!isRunOver(row.state)) return "queued";
  return row.state === "canceled" ? "canceled" : "skipped";
}

function presentStep(
  row: RunRow,
  step: PlanStep,
  stepRow: StepRow | undefined,
  earlier: AttemptRow[],
  show: (values: StepRow["inputs"]) => StepResource["inputs"],
): StepResource {
  return {
    node: step.id,
    name: step.name,
    action: `${step.action.id}@${step.action.version}`,
    kind: "action",
    state: stepRow?.state ?? stateWithoutRow(row),
    attempts: stepRow?.attempt ?? 0,
    inputs: show(stepRow?.inputs ?? null),
    outputs: show(stepRow?.outputs ?? null),
    error: presentError(stepRow?.error ?? null, step.id),
    progress: stepRow?.progress ?? null,
    isolation: stepRow?.isolation ?? null,
    startedAt: isoOrNull(stepRow?.startedAt ?? null),
    finishedAt: isoOrNull(stepRow?.finishedAt ?? null),
    durationMs: stepRow ? durationOf(stepRow) : null,
    earlierAttempts: earlier.map((attempt) => ({
      attempt: attempt.attempt,
      error: presentError(attempt.error, step.id),
      startedAt: isoOrNull(attempt.startedAt),
      finishedAt: isoOrNull(attempt.finishedAt),
    })),
  };
}
