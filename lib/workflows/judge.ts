import type { ActionInterface } from "@/lib/actions";
import type { Transaction } from "@/lib/db";
import type { Issue } from "@/lib/errors";
import { triggerKindOf } from "@/lib/triggers/kinds";
import { anyMethod } from "./definition/any-method";
import { checkDefinition } from "./definition/check";
import { checkEndpoint } from "./definition/check-endpoint";
import { checkFollow, circleOf } from "./definition/check-follow";
import { serviceOf } from "./definition/check-service";
import { checkWebhook, webhookMethod } from "./definition/check-webhook";
import { pathShape } from "./definition/http-endpoint";
import { actionKey, type Library } from "./definition/library";
import { Problems } from "./definition/problems";
import type { Definition, WorkflowNode } from "./definition/schema";
import { endpointClash } from "./endpoint-clash";
import { listNamedFollowers } from "./followers/store";
import { loadLibrary } from "./library";

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
  problems.push(...(await circles(tx, projectId, definition, library, workflowId)));
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
    case "listening": {
      const service = serviceOf(node, trigger, new Problems());
      return service && { method: anyMethod, path: service.prefix };
    }
    default:
      return null;
  }
}

/** A workflow may not start after itself, be it by way of others that start after each other. */
async function circles(
  tx: Transaction,
  projectId: string,
  definition: Definition,
  library: Library,
  workflowId: string | null,
): Promise<Issue[]> {
  const problems = new Problems();
  for (const node of workflowId === null ? [] : definition.nodes) {
    const trigger = library.actions.get(actionKey(node.action))?.interface;
    if (trigger?.kind !== "trigger" || triggerKindOf(trigger.id) !== "workflow_end") continue;
    const followed = checkFollow(node, trigger, library.workflows, new Problems()).workflowId;
    if (followed === null || workflowId === null) continue;
    const circle = circleOf(workflowId, followed, await listNamedFollowers(tx, projectId));
    if (!circle) continue;
    const names = circle.map((id) => `“${library.workflows.get(id)?.name ?? id}”`).join(" → ");
    const message = `The workflow would be started by its own end: ${names}.`;
    problems.error("otherWorkflow", `nodes.${node.id}.inputs.workflow`, message);
  }
  return problems.list;
}

async function endpointClashes(
  tx: Transaction,
  projectId: string,
  definition: Definition,
  library: Library,
  workflowId: string | null,
): Promise<Issue[]> {
  const problems: Issue[] = [];
  for (const node of definition.nodes) {
    const trigger = library.actions.get(actionKey(node.action))?.interface;
    const route = trigger?.kind === "trigger" && routeWanted(node, trigger);
    if (!route) continue;
    const clash = await endpointClash(tx, projectId, node.id, { ...route, shape: pathShape(route.path) }, workflowId);
    if (clash) problems.push(clash);
  }
  return problems;
}
