import type { Transaction } from "@/lib/db";
import type { Issue } from "@/lib/errors";
import { anyMethod } from "./definition/any-method";
import type { Route } from "./definition/plan";
import { Problems } from "./definition/problems";
import { findClash } from "./store";

/** That another live workflow answers what a trigger would, as a problem of its node; null where none does. */
export async function endpointClash(
  tx: Transaction,
  projectId: string,
  node: string,
  route: Route,
  workflowId: string | null,
): Promise<Issue | null> {
  const clash = await findClash(tx, projectId, route, workflowId);
  if (!clash) return null;
  const { method, path } = route;
  const problems = new Problems();
  problems.error(
    "endpointClash",
    `nodes.${node}.${method === anyMethod ? "addons.http_service.endpoint_prefix" : "inputs.path"}`,
    `${method} ${path} is taken: the live workflow “${clash.name}” answers ${clash.path}.`,
  );
  return problems.list[0] ?? null;
}
