import type { RunEndRecord, RunError, RunResult, StepError } from "@/lib/runs";
import { httpStatusOf } from "@/lib/runs/outcome";
import type { FinalRunState } from "@/lib/runs/status";
import { type StoredValues, storedNull } from "@/lib/values";
import { ownValue } from "@/lib/values/own";
import type { OpenRun } from "./open-runs";

export interface RunEnd {
  state: FinalRunState;
  /** The step that failed, where one did, and how. */
  failure: { node: string | null; error: StepError | null } | null;
}

/** The nodes whose outputs the run's results are made of, where they are not known yet. */
export function missingResultNodes(run: OpenRun): string[] {
  return wantedOf(run).flatMap(({ node }) => (node !== run.plan.trigger.id && !run.ends.has(node) ? [node] : []));
}

/** A run's end as the ledger takes it; its results come from what the run's steps are known to have given. */
export function runEndRecord(run: OpenRun, end: RunEnd, after: RunEndRecord["after"] = null): RunEndRecord {
  const { endpoint } = run.plan;
  const error: RunError | null = end.failure?.error ? { ...end.failure.error, node: end.failure.node } : null;
  const now = new Date().toISOString();
  return {
    projectId: run.projectId,
    runId: run.runId,
    state: end.state,
    result: end.state === "completed" ? resultOf(run) : null,
    error,
    httpStatus: endpoint ? httpStatusOf(endpoint, end.state, error) : null,
    startedAt: now,
    finishedAt: now,
    after,
  };
}

function wantedOf({ plan }: OpenRun): { key: string; node: string; output: string }[] {
  const { results } = plan;
  return results.kind === "json" ? results.entries : [{ key: "", node: results.node, output: results.output }];
}

function resultOf(run: OpenRun): RunResult {
  const outputsOf = (node: string): StoredValues | null | undefined =>
    node === run.plan.trigger.id ? run.input : run.ends.get(node)?.outputs;
  return wantedOf(run).map(({ key, node, output }) => [key, ownValue(outputsOf(node), output) ?? storedNull]);
}

/** Whether all steps are known to have completed, taking `nodeId` for one that does so now. */
export function isRunComplete(run: OpenRun, nodeId?: string): boolean {
  return run.plan.steps.every((step) => step.id === nodeId || run.ends.get(step.id)?.state === "completed");
}
