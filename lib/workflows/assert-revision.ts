import { AppError } from "@/lib/errors";
import type { WorkflowRow } from "./store";

/** @throws AppError `conflict` when the draft is no longer the one that is meant */
export function assertRevision(row: WorkflowRow, revision: number | undefined): void {
  if (revision === undefined || revision === row.revision) return;
  throw new AppError("conflict", "Somebody else has changed this workflow since you opened it. Load it again first.", {
    issues: [{ path: "body.revision", message: `The draft is at revision ${row.revision}.` }],
  });
}
