import { ownValue } from "@/lib/values/own";
import { type Graph, graphOf, topologicalOrder } from "@/lib/workflows/definition/graph";
import { judgeFit, type Shape } from "@/lib/workflows/definition/link-types";
import type { Definition, InputSource, WorkflowNode } from "@/lib/workflows/definition/schema";
import { actionOf, type Catalog, type Output, outputsOf } from "../catalog";

/** Edits of where a step's inputs get their values. Pure. */

export function changeNode(
  definition: Definition,
  id: string,
  change: (node: WorkflowNode) => WorkflowNode,
): Definition {
  return { ...definition, nodes: definition.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

/** `null` takes the source away, so that the action's default holds. */
export function setInput(definition: Definition, id: string, name: string, source: InputSource | null): Definition {
  return changeNode(definition, id, (node) => {
    const { [name]: _before, ...others } = node.inputs;
    return { ...node, inputs: source ? { ...others, [name]: source } : others };
  });
}

export function isUnset(source: InputSource | undefined): boolean {
  return source === undefined || ("static" in source && source.static === null);
}

/** Of one node alone: the sets of all would be a million entries in a long chain. */
function upstreamOf(graph: Graph, id: string): Set<string> {
  const found = new Set(graph.parents.get(id));
  for (const node of found) for (const parent of graph.parents.get(node) ?? []) found.add(parent);
  return found;
}

export interface Offer {
  node: WorkflowNode;
  outputs: Output[];
}

/** The outputs that an input can be linked to: those before the step, the nearest steps first. */
export function offersFor(definition: Definition, catalog: Catalog, id: string, input: Shape): Offer[] {
  const graph = graphOf(definition);
  const { order } = topologicalOrder(graph);
  const before = upstreamOf(graph, id);
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  // What lies on a cycle comes after itself, so that nothing comes before it.
  if (!order.includes(id)) return [];
  return order
    .filter((candidate) => before.has(candidate))
    .reverse()
    .flatMap((candidate) => {
      const node = nodes.get(candidate);
      const outputs = node
        ? outputsOf(catalog, node).filter((output) => judgeFit(output, input) !== "does not fit")
        : [];
      return node && outputs.length > 0 ? [{ node, outputs }] : [];
    });
}

/** Fills a step's inputs that have nothing yet from outputs of another that bear the same name and fit. */
export function linkByName(definition: Definition, catalog: Catalog, id: string, from: string): Definition {
  const source = definition.nodes.find((node) => node.id === from);
  const target = definition.nodes.find((node) => node.id === id);
  if (!source || !target) return definition;
  const outputs = new Map(outputsOf(catalog, source).map((output) => [output.name, output]));
  return (actionOf(catalog, target)?.inputs ?? []).reduce((changed, input) => {
    const output = outputs.get(input.name);
    if (!output || !isUnset(ownValue(target.inputs, input.name)) || judgeFit(output, input) !== "fits") {
      return changed;
    }
    return setInput(changed, id, input.name, { link: { node: from, output: output.name } });
  }, definition);
}
