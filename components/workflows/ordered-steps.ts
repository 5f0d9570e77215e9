import { graphOf, topologicalOrder } from "@/lib/workflows/definition/graph";
import type { Definition, InputSource, WorkflowNode } from "@/lib/workflows/definition/schema";

export interface OrderedStep {
  node: WorkflowNode;
  /** Names of the steps before it. */
  after: string[];
}

/** A draft's steps in the order in which they can run; those on a cycle come last. Pure. */
export function orderedSteps(definition: Definition): OrderedStep[] {
  const graph = graphOf(definition);
  const { order, cyclic } = topologicalOrder(graph);
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  return [...order, ...cyclic].flatMap((id) => {
    const node = nodes.get(id);
    const after = (graph.parents.get(id) ?? []).map((parent) => nodes.get(parent)?.name || parent);
    return node ? [{ node, after }] : [];
  });
}

const maxShown = 120;

/** Where an input gets its value, in a few words. */
export function describeSource(source: InputSource): string {
  if ("link" in source) return `${source.link.node}.${source.link.output}`;
  if ("variable" in source) return `variable ${source.variable}`;
  if ("file" in source) return `file ${source.file.name}`;
  if ("sealed" in source) return "••••••";
  const text = typeof source.static === "string" ? source.static : JSON.stringify(source.static);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
