import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { openRunStates } from "../status";

export type StartedRun = Pick<
  typeof runs.$inferSelect,
  "id" | "workflowId" | "state" | "source" | "parentNode" | "createdAt"
>;

/** More than these are not listed. */
const mostListed = 100;

const shown = {
  id: runs.id,
  workflowId: runs.workflowId,
  state: runs.state,
  source: runs.source,
  parentNode: runs.parentNode,
  createdAt: runs.createdAt,
};

/** What a run has started, oldest first. */
export function listStartedRuns(tx: Transaction, projectId: string, parentRunId: string): Promise<StartedRun[]> {
  return tx
    .select(shown)
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.parentRunId, parentRunId)))
    .orderBy(asc(runs.createdAt), asc(runs.id))
    .limit(mostListed);
}

/** The run that a step has started, whichever attempt of it did. */
export async function findStartedRun(
  tx: Transaction,
  projectId: string,
  { runId, node }: { runId: string; node: string },
): Promise<StartedRun | undefined> {
  const [row] = await tx
    .select(shown)
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.parentRunId, runId), eq(runs.parentNode, node)))
    .limit(1);
  return row;
}

/** The runs that steps of a run have started and that go on. */
export async function listOpenStartedRuns(
  tx: Transaction,
  projectId: string,
  parentRunId: string,
): Promise<{ id: string; node: string }[]> {
  const rows = await tx
    .select(shown)
    .from(runs)
    .where(
      and(eq(runs.projectId, projectId), eq(runs.parentRunId, parentRunId), inArray(runs.state, [...openRunStates])),
    );
  return rows.flatMap(({ id, parentNode }) => (parentNode === null ? [] : [{ id, node: parentNode }]));
}

/** Everything that starts after the run has been started. */
export async function forgetFollowed(tx: Transaction, projectId: string, runId: string): Promise<void> {
  await tx
    .update(runs)
    .set({ isFollowed: false })
    .where(and(eq(runs.projectId, projectId), eq(runs.id, runId)));
}

/** Ended runs whose followers should have been started by now; row security says whose. */
export async function listOverdueFollowed(
  tx: Transaction,
  olderThanSeconds: number,
  limit: number,
): Promise<{ projectId: string; runId: string }[]> {
  return tx
    .select({ projectId: runs.projectId, runId: runs.id })
    .from(runs)
    .where(and(runs.isFollowed, sql`${runs.finishedAt} < now() - make_interval(secs => ${olderThanSeconds})`))
    .orderBy(asc(runs.finishedAt))
    .limit(limit);
}
