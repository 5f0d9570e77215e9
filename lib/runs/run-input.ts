import type { StoredValues } from "@/lib/values/stored-schema";
import type { PlanStep } from "@/lib/workflows/definition/plan";
import type { RetryPolicy } from "@/lib/workflows/definition/schema";

/** What a run's Temporal workflow is started with: enough to write the run's row anew should it be missing. Pure. */
export interface RunInput {
  projectId: string;
  runId: string;
  workflowId: string;
  workflowVersionId: string;
  source: string;
  apiKeyId: string | null;
  replayOf: string | null;
  createdAt: string;
  /** The trigger's outputs. */
  input: StoredValues;
  /** The steps in topological order, without what only their execution needs. */
  steps: { id: string; after: string[]; retry?: RetryPolicy }[];
}

export function runSteps(steps: PlanStep[]): RunInput["steps"] {
  return steps.map((step) => ({ id: step.id, after: step.after, ...(step.retry && { retry: step.retry }) }));
}
