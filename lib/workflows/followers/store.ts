import { and, eq, isNotNull } from "drizzle-orm";
import { followers } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import type { FollowSettings } from "@/lib/triggers/workflow-end/settings";

export type FollowerRow = typeof followers.$inferSelect;

const at = (projectId: string, workflowId: string) =>
  and(eq(followers.projectId, projectId), eq(followers.workflowId, workflowId));

/** Has the live version's trigger be told of runs that end, or nobody. */
export async function replaceFollower(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  live: { versionId: string; settings: FollowSettings } | null,
): Promise<void> {
  if (!live) {
    await tx.delete(followers).where(at(projectId, workflowId));
    return;
  }
  const { versionId: workflowVersionId, settings } = live;
  const wanted = { workflowVersionId, followedId: settings.workflowId, states: settings.states };
  await tx
    .insert(followers)
    .values({ projectId, workflowId, ...wanted })
    .onConflictDoUpdate({ target: followers.workflowId, set: wanted });
}

export function listFollowers(tx: Transaction, projectId: string): Promise<FollowerRow[]> {
  return tx.select().from(followers).where(eq(followers.projectId, projectId));
}

/** Who starts after whom, where that is one workflow by name. */
export async function listNamedFollowers(
  tx: Transaction,
  projectId: string,
): Promise<{ workflowId: string; followedId: string }[]> {
  const rows = await tx
    .select()
    .from(followers)
    .where(and(eq(followers.projectId, projectId), isNotNull(followers.followedId)));
  return rows.flatMap(({ workflowId, followedId }) => (followedId ? [{ workflowId, followedId }] : []));
}
