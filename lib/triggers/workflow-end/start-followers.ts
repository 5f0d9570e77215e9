import { inProject, type Transaction } from "@/lib/db";
import { findRun, forgetFollowed, maxRunDepth, type RunRow, resultObject, tooDeep } from "@/lib/runs";
import { isRunOver } from "@/lib/runs/status";
import { type StoredValues, storedNull, storeValue } from "@/lib/values";
import { type FollowerRow, findVersion, findWorkflow, listFollowers, type VersionRow } from "@/lib/workflows";
import { noteEvent, startRunFromEvent } from "../events/start-run-from-event";

interface Follower {
  row: FollowerRow;
  version: VersionRow;
}

/** Whether a workflow that starts after others is told of the run: as the ledger judged when it wrote the end. */
function follows(row: FollowerRow, run: RunRow): boolean {
  if (row.workflowId === run.workflowId || !row.states.includes(run.state)) return false;
  return row.followedId === null ? run.source !== "workflow_end" : row.followedId === run.workflowId;
}

async function findFollowers(tx: Transaction, run: RunRow): Promise<Follower[]> {
  const found: Follower[] = [];
  for (const row of await listFollowers(tx, run.projectId)) {
    const version = follows(row, run) ? await findVersion(tx, run.projectId, row.workflowVersionId) : undefined;
    if (version) found.push({ row, version });
  }
  return found;
}

async function outputsOf(run: RunRow, workflowName: string): Promise<StoredValues> {
  const { projectId } = run;
  const { result, file } = await resultObject(projectId, run.result ?? []);
  const error = run.error?.ryax?.message || run.error?.message || null;
  return {
    run_id: await storeValue(projectId, run.id),
    state: await storeValue(projectId, run.state),
    workflow: await storeValue(projectId, workflowName),
    workflow_id: await storeValue(projectId, run.workflowId),
    error: error === null ? storedNull : await storeValue(projectId, error),
    result,
    file,
  };
}

async function start({ row, version }: Follower, run: RunRow, input: StoredValues): Promise<void> {
  const { projectId, workflowId } = row;
  const event = { kind: "workflow_end", identity: run.id, occurredAt: run.finishedAt, input } as const;
  if (run.depth >= maxRunDepth) {
    const noted = { ...event, projectId, workflowId, workflowVersionId: version.id };
    return noteEvent({ ...noted, outcome: "limited", reason: tooDeep });
  }
  const startable = { projectId, workflowId, versionId: version.id, plan: version.plan };
  const parent = { runId: run.id, node: null, isAwaited: false };
  await startRunFromEvent(startable, { ...event, parent, depth: run.depth + 1 });
}

/**
 * Starts the workflows that start after a run that has ended, once each: the run is the event that makes theirs. The
 * run's row says that there is something to start until it has been done, so that a crash only delays it.
 * @throws AppError `unavailable` when it is to be tried again
 */
export async function startFollowers({ projectId, runId }: { projectId: string; runId: string }): Promise<void> {
  const found = await inProject(projectId, async (tx) => {
    const run = await findRun(tx, projectId, runId);
    if (!run?.isFollowed || !isRunOver(run.state)) return undefined;
    const workflow = await findWorkflow(tx, projectId, run.workflowId);
    return { run, workflowName: workflow?.name ?? "", followers: await findFollowers(tx, run) };
  });
  if (!found) return;
  const { run, workflowName, followers } = found;
  const input = followers.length > 0 ? await outputsOf(run, workflowName) : {};
  for (const follower of followers) await start(follower, run, input);
  await inProject(projectId, (tx) => forgetFollowed(tx, projectId, runId));
}
