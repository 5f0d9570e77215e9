import { Context } from "@temporalio/activity";
import { WorkflowNotFoundError } from "@temporalio/common";
import { listUnfinishedBuilds, startBuild } from "@/lib/actions";
import { asSystem, inProjects } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { deleteGoneWorkers, deleteOldUptimes } from "@/lib/fleet";
import { logger } from "@/lib/logger";
import { listAllProjectIds } from "@/lib/projects";
import { cleanProject } from "@/lib/retention";
import {
  cancelStartedRuns,
  findRun,
  listOverdueFollowed,
  listStaleRuns,
  type RunRow,
  restartLostRun,
  writeLedger,
} from "@/lib/runs";
import { runEndedSignal } from "@/lib/runs/chain";
import { isRunOver } from "@/lib/runs/status";
import { reconcileSources } from "@/lib/sources";
import { runWorkflowId, temporalClient } from "@/lib/temporal";
import { reconcileClocks, reconcileListeners, startFollowers } from "@/lib/triggers";
import { rollUpUsage } from "@/lib/usage";
import { type BuildDependencies, buildVersion } from "../builds/build-version";

/** A run that has not moved for this long is asked about. */
const staleSeconds = 20;
/** A canceled run whose workflow does not answer is ended from outside after this long. */
const cancelPatienceMs = 30_000;
const batchSize = 500;

async function projectGroups(): Promise<string[][]> {
  const ids = await asSystem(listAllProjectIds);
  const groups: string[][] = [];
  for (let start = 0; start < ids.length; start += batchSize) groups.push(ids.slice(start, start + batchSize));
  return groups;
}

async function endFromOutside(run: RunRow, state: "failed" | "canceled", message: string): Promise<void> {
  const error = state === "failed" ? { type: "RunLost", message, stack: [], ryax: null, node: null } : null;
  const end = {
    projectId: run.projectId,
    runId: run.id,
    state,
    result: null,
    error,
    httpStatus: 500,
    startedAt: null,
    finishedAt: new Date().toISOString(),
    after: null,
  };
  await writeLedger([run.projectId], { steps: [], attempts: [], logs: [], starts: [], ends: [end] });
  await cancelStartedRuns(run.projectId, run.id, () => true);
  if (run.parentRunId && run.parentNode) await tellParent(run.projectId, run.parentRunId, run.id);
}

/** Its workflow did not live to do so. A parent that is gone needs to know nothing. */
async function tellParent(projectId: string, parentRunId: string, runId: string): Promise<void> {
  const parent = (await temporalClient()).workflow.getHandle(runWorkflowId(projectId, parentRunId));
  await parent.signal(runEndedSignal, runId).catch((error) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}

/** Brings a row and Temporal's truth together where a crash came between them. */
async function reconcileRun(run: RunRow): Promise<void> {
  const handle = (await temporalClient()).workflow.getHandle(runWorkflowId(run.projectId, run.id));
  const description = await handle.describe().catch((error) => {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  });
  const requested = run.cancelRequestedAt?.getTime();
  if (!description) {
    if (requested) return endFromOutside(run, "canceled", "");
    logger.warn({ runId: run.id }, "Temporal does not know an accepted run; starting it");
    return restartLostRun(run);
  }
  if (description.status.name === "RUNNING") {
    if (!requested) return;
    if (Date.now() - requested < cancelPatienceMs) {
      await handle.cancel();
      return;
    }
    await handle.terminate("canceled, and its workflow did not answer");
    return endFromOutside(run, "canceled", "");
  }
  const now = await inProjects([run.projectId], (tx) => findRun(tx, run.projectId, run.id));
  if (!now || isRunOver(now.state)) return;
  logger.warn({ runId: run.id, status: description.status.name }, "a run's workflow is closed but its row is open");
  await endFromOutside(
    run,
    requested ? "canceled" : "failed",
    `The run's workflow was closed from outside (${description.status.name}).`,
  );
}

export function createHousekeepingActivities(deps: BuildDependencies) {
  return {
    buildActionVersion: (input: { projectId: string; actionVersionId: string }) =>
      buildVersion(deps, input.projectId, input.actionVersionId),

    /** Repairs what crashes left behind, and counts the hours that are over. */
    async reconcile(): Promise<void> {
      const groups = await projectGroups();
      for (const projectIds of groups) {
        for (const run of await inProjects(projectIds, (tx) => listStaleRuns(tx, staleSeconds, 1_000))) {
          await reconcileRun(run).catch((error) =>
            logger.warn({ reason: messageOf(error), runId: run.id }, "a run could not be reconciled"),
          );
        }
        for (const build of await inProjects(projectIds, listUnfinishedBuilds))
          await startBuild(build.projectId, build.id);
        for (const run of await inProjects(projectIds, (tx) => listOverdueFollowed(tx, staleSeconds, 1_000))) {
          await startFollowers(run).catch((error) =>
            logger.warn({ reason: messageOf(error), runId: run.runId }, "what starts after a run is started later"),
          );
        }
        await inProjects(projectIds, (tx) => rollUpUsage(tx, projectIds));
      }
      await reconcileClocks(groups);
      await reconcileSources(groups);
      await reconcileListeners(groups);
      await deleteGoneWorkers();
      await deleteOldUptimes();
    },

    /** Deletes what has expired, project by project; one that cannot be cleaned stops no other. */
    async cleanUp(): Promise<void> {
      const beat = () => Context.current().heartbeat();
      for (const projectId of await asSystem(listAllProjectIds)) {
        Context.current().cancellationSignal.throwIfAborted();
        await cleanProject(projectId, beat).catch((error) =>
          logger.error({ err: error, projectId }, "a project could not be cleaned up"),
        );
        beat();
      }
    },
  };
}
