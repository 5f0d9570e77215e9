import type { StoredValues } from "@/lib/values/stored-schema";

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
}
