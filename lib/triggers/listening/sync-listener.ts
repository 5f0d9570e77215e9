import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from "@temporalio/common";
import { inProject, inProjects } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { listenWorkflowId, queues, temporalClient } from "@/lib/temporal";
import { findListener, forgetListener, type ListenerRow, listListeners } from "@/lib/workflows";

/** Told to a listener's workflow when a deployment has changed what it should do: it may be waiting for a next try. */
export const wakeSignal = "wake";

/** A worker that dies holds a listener up for this long, a few times over. */
const workflowTaskTimeout = "2s";

const optionsOf = (projectId: string, workflowId: string) => ({
  taskQueue: queues.triggers,
  workflowId: listenWorkflowId(projectId, workflowId),
  workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
  workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  workflowTaskTimeout,
  args: [{ projectId, workflowId }] as [{ projectId: string; workflowId: string }],
  priority: { fairnessKey: projectId },
});

/** Has something listen for a workflow that was deployed, and what listens for one that was stopped end. */
export async function syncListener(projectId: string, workflowId: string): Promise<void> {
  const row = await inProject(projectId, (tx) => findListener(tx, projectId, workflowId));
  if (!row) return;
  const client = await temporalClient();
  await client.workflow.signalWithStart("listen", { ...optionsOf(projectId, workflowId), signal: wakeSignal });
}

const isListening = (row: ListenerRow) => row.workflowVersionId !== null && row.state !== "ended";

async function mend({ projectId, workflowId, ...row }: ListenerRow): Promise<void> {
  const client = await temporalClient();
  if (isListening({ projectId, workflowId, ...row })) {
    await client.workflow.start("listen", optionsOf(projectId, workflowId));
    return;
  }
  // What still listens sees its row within seconds; with nothing left, the row has no more use.
  const description = await client.workflow
    .getHandle(listenWorkflowId(projectId, workflowId))
    .describe()
    .catch(() => undefined);
  if (description?.status.name !== "RUNNING")
    await inProject(projectId, (tx) => forgetListener(tx, projectId, workflowId));
}

/** Starts what should listen and does not. */
export async function reconcileListeners(projectGroups: string[][]): Promise<void> {
  for (const projectIds of projectGroups) {
    for (const row of await inProjects(projectIds, listListeners)) {
      if (row.workflowVersionId && row.state === "ended") continue;
      await mend(row).catch((error) =>
        logger.warn({ reason: messageOf(error), workflowId: row.workflowId }, "a listener could not be started"),
      );
    }
  }
}
