import type { StoredValues } from "@/lib/values/stored-schema";
import type { RunParent } from "./chain";

/** What a run's Temporal workflow is started with: enough to write the run's row anew should it be missing. Pure. */
export interface RunInput {
  projectId: string;
  runId: string;
  workflowId: string;
  workflowVersionId: string;
  source: string;
  apiKeyId: string | null;
  replayOf: string | null;
  /** Absent from runs that were started before runs could start each other. */
  parent?: RunParent | null;
  depth?: number;
  createdAt: string;
  /** The trigger's outputs. */
  input: StoredValues;
}
