import { WorkflowNotFoundError } from "@temporalio/common";
import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { runWorkflowId, temporalClient } from "@/lib/temporal";
import { listenForEnd } from "./await-end";
import { describeRun } from "./describe";
import { findRun, listOpenRunIds, listOpenStartedRuns, markCancelRequested } from "./store";

/** How long the answer waits for the processes to be stopped; the run stops in any case. */
const stopWaitMs = 10_000;

/** Asks Temporal to cancel a run. One that Temporal does not know is left to the reconciler, which has the mark. */
async function requestCancel(projectId: string, runId: string): Promise<void> {
  const client = await temporalClient();
  try {
    await client.workflow.getHandle(runWorkflowId(projectId, runId)).cancel();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) {
      throw new AppError("unavailable", "The run will be stopped as soon as Temporal can be reached again.", {
        cause: error,
        retryAfterSeconds: 5,
      });
    }
  }
}

/** Has a run stop, without waiting for it. @throws AppError `not_found`, `conflict` where it has ended, `unavailable` */
export async function cancelOne(ctx: ProjectContext, runId: string): Promise<void> {
  await inProject(ctx.project.id, async (tx) => {
    const row = await findRun(tx, ctx.project.id, runId);
    if (!row) throw notFound("The run");
    if (!(await markCancelRequested(tx, ctx.project.id, row.id))) {
      throw new AppError("conflict", `The run has already ended: it is ${row.state}.`);
    }
    await recordAudit(tx, ctx.project.id, ctx.actor, "run.cancel", row.id);
  });
  await requestCancel(ctx.project.id, runId);
}

export const cancelRun = projectUseCase("runs.cancel", async (ctx, input: { runId: string }) => {
  const listener = listenForEnd(ctx.project.id, input.runId);
  try {
    await cancelOne(ctx, input.runId);
    await listener.wait(stopWaitMs);
    return await inProject(ctx.project.id, (tx) => describeRun(tx, ctx.project.id, input.runId));
  } finally {
    listener.close();
  }
});

/** Cancels what a run's steps have started and wait for: its own end leaves nobody to take theirs. */
export async function cancelStartedRuns(
  projectId: string,
  runId: string,
  isWaitedFor: (node: string) => boolean,
): Promise<void> {
  const ids = await inProject(projectId, async (tx) => {
    const open = (await listOpenStartedRuns(tx, projectId, runId)).filter(({ node }) => isWaitedFor(node));
    for (const { id } of open) await markCancelRequested(tx, projectId, id);
    return open.map(({ id }) => id);
  });
  // The mark is there: what Temporal cannot be told now, the reconciler tells it.
  for (const id of ids) await requestCancel(projectId, id).catch(() => {});
}

/** Cancels every run of a workflow that is under way. */
export async function cancelOpenRuns(ctx: ProjectContext, workflowId: string): Promise<void> {
  const ids = await inProject(ctx.project.id, async (tx) => {
    const open = await listOpenRunIds(tx, ctx.project.id, workflowId);
    for (const id of open) await markCancelRequested(tx, ctx.project.id, id);
    return open;
  });
  for (const id of ids) await requestCancel(ctx.project.id, id);
}
