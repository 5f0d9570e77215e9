import { findActionVersionsByIds } from "@/lib/actions";
import type { Transaction } from "@/lib/db";
import { AppError, type Issue } from "@/lib/errors";
import { actionKey } from "./definition/library";
import { routeOf } from "./definition/plan";
import { Problems } from "./definition/problems";
import { endpointClash } from "./endpoint-clash";
import type { VersionRow } from "./store";

/** The nodes of a version whose action is no longer in the library. */
async function nodesWithoutAction(tx: Transaction, { projectId, plan }: VersionRow) {
  const nodes = [plan.trigger, ...plan.steps];
  const wanted = nodes.map((node) => node.action.versionId);
  const present = new Set((await findActionVersionsByIds(tx, projectId, wanted)).map((row) => row.id));
  return nodes.filter((node) => !present.has(node.action.versionId));
}

/** @throws AppError `conflict` when an action that an earlier version used has been deleted since */
export async function assertRunnable(tx: Transaction, version: VersionRow): Promise<void> {
  const missing = await nodesWithoutAction(tx, version);
  if (missing.length === 0) return;
  const names = [...new Set(missing.map((node) => actionKey(node.action)))].join(", ");
  throw new AppError(
    "conflict",
    `Version ${version.number} cannot go live again: ${names} was deleted from the library.`,
  );
}

/** What keeps a version from going live again. */
export async function versionProblems(tx: Transaction, version: VersionRow): Promise<Issue[]> {
  const { projectId, workflowId, plan } = version;
  const problems = new Problems();
  for (const { id, action } of await nodesWithoutAction(tx, version))
    problems.error("unknownAction", `nodes.${id}`, `${actionKey(action)} was deleted from the library.`);
  const route = routeOf(plan);
  const clash = route && (await endpointClash(tx, projectId, plan.trigger.id, route, workflowId));
  return clash ? [...problems.list, clash] : problems.list;
}
