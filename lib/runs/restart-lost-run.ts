import { inProject } from "@/lib/db";
import { findVersion } from "@/lib/workflows";
import { type RunInput, runSteps } from "./run-input";
import { startOnTemporal } from "./start-run";
import type { RunRow } from "./store";

/** Starts an accepted run that Temporal has no memory of. Its ledger keeps finished steps from being executed again. */
export async function restartLostRun(row: RunRow): Promise<void> {
  const version = await inProject(row.projectId, (tx) => findVersion(tx, row.projectId, row.workflowVersionId));
  if (!version) return;
  const run: RunInput = {
    projectId: row.projectId,
    runId: row.id,
    workflowId: row.workflowId,
    workflowVersionId: row.workflowVersionId,
    source: row.source,
    apiKeyId: row.apiKeyId,
    replayOf: row.replayOf,
    createdAt: row.createdAt.toISOString(),
    input: row.input,
    steps: runSteps(version.plan.steps),
  };
  await startOnTemporal(run, false);
}
