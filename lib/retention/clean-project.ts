import { blobStore } from "@/lib/blobs";
import { inProject, type Transaction } from "@/lib/db";
import { limitsOf } from "@/lib/limits";
import {
  deleteExpiredEvents,
  deleteExpiredRuns,
  deleteOldUsage,
  deleteUnusedTestVersions,
  forgetUnusedBlobs,
  markUnusedBlobs,
} from "./store";

const batch = { runs: 200, events: 2_000, versions: 200, blobs: 100 } as const;

/**
 * How long a blob stays that nothing names: an upload is named later, a file that was taken out of a draft may be put
 * back, and a step may take a day. It is two looks that long apart that find it unused.
 */
export const blobGraceHours = 48;

/** Small batches, each a transaction of its own: nobody waits long, and what is left when it breaks off comes next time. */
async function inBatches(
  projectId: string,
  size: number,
  beat: () => void,
  run: (tx: Transaction, limit: number) => Promise<number>,
): Promise<void> {
  for (let done = size; done >= size; ) {
    done = await inProject(projectId, (tx) => run(tx, size));
    beat();
  }
}

/**
 * Deletes what the project keeps no longer: runs and events past their retention, versions that were only tried out, and
 * then the blobs that nothing names any more. @param beat called after each step of it
 */
export async function cleanProject(projectId: string, beat: () => void): Promise<void> {
  const { retentionDays } = await limitsOf(projectId);
  const each = (size: number, run: (tx: Transaction, limit: number) => Promise<number>) =>
    inBatches(projectId, size, beat, run);
  await each(batch.runs, (tx, limit) => deleteExpiredRuns(tx, projectId, retentionDays, limit));
  await each(batch.events, (tx, limit) => deleteExpiredEvents(tx, projectId, retentionDays, limit));
  await each(batch.versions, (tx, limit) => deleteUnusedTestVersions(tx, projectId, limit));
  await inProject(projectId, (tx) => deleteOldUsage(tx, projectId));
  await inProject(projectId, (tx) => markUnusedBlobs(tx, projectId));
  beat();
  await each(batch.blobs, (tx, limit) => collectBlobs(tx, projectId, limit));
}

/** The row goes with the bytes: should this break off between them, the row stays, and both go next time. */
async function collectBlobs(tx: Transaction, projectId: string, limit: number): Promise<number> {
  const digests = await forgetUnusedBlobs(tx, projectId, blobGraceHours, limit);
  await blobStore().delete(projectId, digests);
  return digests.length;
}
