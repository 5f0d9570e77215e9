import type { RunInput } from "./run-input";
import { startOnTemporal } from "./start-run";
import type { RunRow } from "./store";

/** Starts an accepted run that Temporal has no memory of. Its ledger keeps finished steps from being executed again. */
export async function restartLostRun(row: RunRow): Promise<void> {
  const {
    projectId,
    workflowId,
    workflowVersionId,
    source,
    apiKeyId,
    replayOf,
    parentRunId,
    parentNode,
    depth,
    input,
  } = row;
  const run: RunInput = {
    projectId,
    runId: row.id,
    workflowId,
    workflowVersionId,
    source,
    apiKeyId,
    replayOf,
    parent: parentRunId ? { runId: parentRunId, node: parentNode, isAwaited: parentNode !== null } : null,
    depth,
    createdAt: row.createdAt.toISOString(),
    input,
  };
  await startOnTemporal(run, false);
}
