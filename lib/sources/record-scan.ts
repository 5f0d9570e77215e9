import { inProject, notify } from "@/lib/db";
import { type Credentials, openCredentials } from "./credentials";
import type { Commit, FoundPackage } from "./found";
import { findSource, lockSource, type SourceRow, updateSourceRow } from "./store";

/** What a worker needs to know to scan. */
export interface ScanOrder {
  source: SourceRow;
  credentials: Credentials | null;
}

export interface ScanResult {
  commit: Commit;
  found: FoundPackage[];
  hostKeys: string | null;
}

/** @returns undefined where no scan is wanted: it has been done, or the repository was removed */
export async function openScan(projectId: string, sourceId: string): Promise<ScanOrder | undefined> {
  const source = await inProject(projectId, (tx) => findSource(tx, projectId, sourceId));
  if (source?.state !== "scanning") return undefined;
  return { source, credentials: source.credentials && openCredentials(source.credentials) };
}

/**
 * Writes down what a scan came to: what it found, or why it could not be done, which leaves what was found before.
 * Another one that was asked for meanwhile stays wanted.
 */
export async function closeScan(
  projectId: string,
  { source }: ScanOrder,
  outcome: ScanResult | { problem: string },
): Promise<void> {
  await inProject(projectId, async (tx) => {
    const row = await lockSource(tx, projectId, source.id);
    if (!row) return;
    const isAskedAgain = (row.scanRequestedAt?.getTime() ?? 0) > (source.scanRequestedAt?.getTime() ?? 0);
    const isFailed = "problem" in outcome;
    const state = isFailed ? ("failed" as const) : ("scanned" as const);
    await updateSourceRow(tx, projectId, source.id, {
      state: isAskedAgain ? "scanning" : state,
      problem: isFailed ? outcome.problem : null,
      scannedAt: new Date(),
      // What another branch or other credentials have replaced meanwhile is not written over.
      ...(!isFailed && !isAskedAgain && outcome),
    });
    await notify(tx, "project_changed", `${projectId}/source.scanned`);
  });
}
