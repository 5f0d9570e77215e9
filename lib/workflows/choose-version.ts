import type { Transaction } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { findVersion, findVersionBefore, findVersionByNumber, type VersionRow, type WorkflowRow } from "./store";

/** What is live now, if anything is. */
export async function liveVersion(tx: Transaction, workflow: WorkflowRow): Promise<VersionRow | undefined> {
  const { projectId, liveVersionId } = workflow;
  return liveVersionId ? findVersion(tx, projectId, liveVersionId) : undefined;
}

/** @throws AppError `not_found` */
export async function versionNumbered(tx: Transaction, workflow: WorkflowRow, number: number): Promise<VersionRow> {
  const version = await findVersionByNumber(tx, workflow.projectId, workflow.id, number);
  if (!version) throw notFound(`Version ${number}`);
  return version;
}

/** What a rollback makes live: the version before the live one. @throws AppError `conflict` where there is none */
export async function versionBeforeLive(tx: Transaction, workflow: WorkflowRow): Promise<VersionRow> {
  const live = await liveVersion(tx, workflow);
  // A stopped workflow goes back to what was newest.
  const number = live?.number ?? workflow.lastVersionNumber + 1;
  const version = await findVersionBefore(tx, workflow.projectId, workflow.id, number);
  if (!version) throw new AppError("conflict", "There is no earlier version to go back to.");
  return version;
}
