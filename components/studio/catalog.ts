import { type ActionGroup, groupActions } from "@/components/library/group-actions";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { type TriggerKind, triggerKindOf } from "@/lib/triggers/kinds";
import type { IoDefinition } from "@/lib/values/types";
import { actionKey } from "@/lib/workflows/definition/library";
import type { Definition, WorkflowNode } from "@/lib/workflows/definition/schema";

/** The library as the studio reads it: what each node's action takes and gives. Pure. */
export interface Catalog {
  versions: ReadonlyMap<string, ActionVersionResource>;
  groups: ActionGroup[];
}

export type Output = Pick<IoDefinition, "name" | "humanName" | "help" | "type" | "optional" | "schema">;

export function catalogOf(versions: ActionVersionResource[]): Catalog {
  return {
    versions: new Map(versions.map((version) => [actionKey(version), version])),
    groups: groupActions(versions),
  };
}

export function actionOf(catalog: Catalog, node: Pick<WorkflowNode, "action">): ActionVersionResource | undefined {
  return catalog.versions.get(actionKey(node.action));
}

/** A node whose action is not in the library is taken for one as long as the name says so. */
export function isTriggerNode(catalog: Catalog, node: WorkflowNode): boolean {
  const action = actionOf(catalog, node);
  return action ? action.kind === "trigger" : triggerKindOf(node.action.id) !== "listening";
}

export function triggerOf(catalog: Catalog, definition: Definition): WorkflowNode | undefined {
  return definition.nodes.find((node) => isTriggerNode(catalog, node));
}

export function triggerKindIn(catalog: Catalog, definition: Definition): TriggerKind | null {
  const trigger = triggerOf(catalog, definition);
  return trigger ? triggerKindOf(trigger.action.id) : null;
}

export function outputsOf(catalog: Catalog, node: WorkflowNode): Output[] {
  const action = actionOf(catalog, node);
  const own = action?.outputs ?? [];
  return action && !action.dynamicOutputs ? own : [...own, ...node.dynamicOutputs];
}

export function titleOf(catalog: Catalog, node: WorkflowNode): string {
  return node.name || actionOf(catalog, node)?.name || node.id;
}
