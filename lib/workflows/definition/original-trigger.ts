import type { Definition, WorkflowNode } from "./schema";

/** The node that a half-done definition starts with, as far as its shape tells: the first one that no edge leads to. */
export function originalTrigger(definition: Definition): WorkflowNode | undefined {
  const targets = new Set(definition.edges.map((edge) => edge.to));
  return definition.nodes.find((node) => !targets.has(node.id));
}
