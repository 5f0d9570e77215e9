import { LRUCache } from "lru-cache";
import { Gauge, limitReached, limitsOf } from "@/lib/limits";
import type { StoredBlob } from "./blob-store";
import { claimBlob, sumBlobs, touchBlob } from "./store";

/** What a blob is stored as. */
export type BlobKind = "package" | "value" | "file";

const holder = globalThis as { millraceBlobGauges?: LRUCache<string, Gauge<number>> };

function gaugeOf(projectId: string): Gauge<number> {
  holder.millraceBlobGauges ??= new LRUCache({ max: 20_000 });
  const known = holder.millraceBlobGauges.get(projectId);
  if (known) return known;
  const gauge = new Gauge(() => sumBlobs(projectId));
  holder.millraceBlobGauges.set(projectId, gauge);
  return gauge;
}

/** @throws AppError `storage_full` where so many more bytes would be too many */
async function assertRoom(projectId: string, bytes: number): Promise<void> {
  const { storageBytes } = await limitsOf(projectId);
  const isFull = await gaugeOf(projectId).judge((used, added) => used + added + bytes > storageBytes || undefined);
  if (isFull) throw limitReached({ projectId, name: "storageBytes", value: storageBytes });
}

/**
 * Writes down that a blob is stored, just before it is: from here on it is not collected for a while, whether anything
 * names it already or not.
 * @throws AppError `storage_full`; nothing is kept then
 */
export async function claim(projectId: string, blob: StoredBlob, kind: BlobKind): Promise<void> {
  if (await touchBlob(projectId, blob.sha256)) return;
  await assertRoom(projectId, blob.size);
  const counted = gaugeOf(projectId).add(blob.size);
  await claimBlob(projectId, blob, kind).finally(counted);
}
