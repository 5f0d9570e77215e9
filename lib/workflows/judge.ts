import type { ActionInterface } from "@/lib/actions";
import type { Transaction } from "@/lib/db";
import type { Issue } from "@/lib/errors";
import { triggerKindOf } from "@/lib/triggers/kinds";
import { checkDefinition } from "./definition/check";
import { checkEndpoint } from "./definition/check-endpoint";
import { checkWebhook, webhookMethod } from "./definition/check-webhook";
import { pathShape } from "./definition/http-endpoint";
import { actionKey, type Library } from "./definition/library";
import { Problems } from "./definition/problems";
import type { Definition, WorkflowNode } from "./definition/schema";
import { loadLibrary } from "./library";
import { findClash } from "./store";

export interface Judgement {
  library: Library;
  problems: Issue[];
}

/** Everything that is wrong with a definition in this project, other workflows' endpoints included. */
export async function judge(
  tx: Transaction,
  projectId: string,
  definition: Definition,
  workflowId: string | null,
): Promise<Judgement> {
  const library = await loadLibrary(tx, projectId);
  const problems = checkDefinition(definition, library);
  problems.push(...(await endpointClashes(tx, projectId, definition, library, workflowId)));
  return { library, problems };
}

/** The method and path that the trigger would answer, should it be one that is called. */
function routeWanted(node: WorkflowNode, trigger: ActionInterface): { method: string; path: string } | null {
  switch (triggerKindOf(trigger.id)) {
    case "http_api":
      return checkEndpoint(node, trigger, new Problems());
    case "webhook":
      return { method: webhookMethod, path: checkWebhook(node, trigger, new Problems()).path };
    default:
      return null;
  }
}

async function endpointClashes(
  tx: Transaction,
  projectId: string,
  definition: Definition,
  library: Library,
  workflowId: string | null,
): Promise<Issue[]> {
  const problems = new Problems();
  for (const node of definition.nodes) {
    const trigger = library.actions.get(actionKey(node.action))?.interface;
    const route = trigger?.kind === "trigger" && routeWanted(node, trigger);
    if (!route) continue;
    const { method, path } = route;
    const clash = await findClash(tx, projectId, { method, shape: pathShape(path) }, workflowId);
    if (!clash) continue;
    problems.error(
      "endpointClash",
      `nodes.${node.id}.inputs.path`,
      `${method} ${path} is taken: the live workflow “${clash.name}” answers ${clash.path}.`,
    );
  }
  return problems.list;
}
