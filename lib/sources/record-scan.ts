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

/** @returns undefined for a repository that was removed */
export async function openScan(projectId: string, sourceId: string): Promise<ScanOrder | undefined> {
  const source = await inProject(projectId, (tx) => findSource(tx, projectId, sourceId));
  return source && { source, credentials: source.credentials && openCredentials(source.credentials) };
}

/**
 * Writes down what a scan came to: what it found, or why it could not be done, which leaves what was found before.
 * @returns whether another one was asked for since it began
 */
export async function closeScan(
  projectId: string,
  { source }: ScanOrder,
  outcome: ScanResult | { problem: string },
): Promise<boolean> {
  return inProject(projectId, async (tx) => {
    const row = await lockSource(tx, projectId, source.id);
    if (!row) return false;
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
    return isAskedAgain;
  });
}
