import type { IoDefinition } from "@/lib/values/types";
import type { LibraryAction } from "./library";
import type { WorkflowNode } from "./schema";

/** A node with the action it names, where the library has it. */
export interface ResolvedNode {
  node: WorkflowNode;
  action: LibraryAction | undefined;
}

export const nameOf = (node: WorkflowNode) => node.name || node.id;

export function outputsOf({
  node,
  action,
}: ResolvedNode): Pick<IoDefinition, "name" | "type" | "optional" | "schema">[] {
  const own = action?.interface.outputs ?? [];
  return action?.interface.dynamicOutputs ? [...own, ...node.dynamicOutputs] : own;
}

export function isTrigger({ action }: ResolvedNode): boolean {
  return action?.interface.kind === "trigger";
}
