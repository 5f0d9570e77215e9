import type { Definition } from "./schema";

/** The shape of a workflow. Pure. */
export interface Graph {
  ids: string[];
  /** Direct predecessors and successors, each once. */
  parents: Map<string, string[]>;
  children: Map<string, string[]>;
}

export function graphOf(definition: Pick<Definition, "nodes" | "edges">): Graph {
  const ids = [...new Set(definition.nodes.map((node) => node.id))];
  const parents = new Map<string, string[]>(ids.map((id) => [id, []]));
  const children = new Map<string, string[]>(ids.map((id) => [id, []]));
  const seen = new Set<string>();
  for (const { from, to } of definition.edges) {
    const key = `${from}\0${to}`;
    if (seen.has(key) || !parents.has(from) || !parents.has(to)) continue;
    seen.add(key);
    children.get(from)?.push(to);
    parents.get(to)?.push(from);
  }
  return { ids, parents, children };
}

/** Ids in an order in which each comes after all its parents, and those left over because they lie on a cycle. */
export function topologicalOrder(graph: Graph): { order: string[]; cyclic: string[] } {
  const missing = new Map(graph.ids.map((id) => [id, graph.parents.get(id)?.length ?? 0]));
  const order = graph.ids.filter((id) => missing.get(id) === 0);
  // The list grows while it is walked: a node joins once its last parent has been seen.
  for (const id of order) {
    for (const child of graph.children.get(id) ?? []) {
      const left = (missing.get(child) ?? 0) - 1;
      missing.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  const placed = new Set(order);
  return { order, cyclic: graph.ids.filter((id) => !placed.has(id)) };
}

/** For each node, all nodes upstream of it, at any distance. */
export function ancestors(graph: Graph, order: string[]): Map<string, Set<string>> {
  const upstream = new Map<string, Set<string>>();
  for (const id of order) {
    const above = new Set<string>();
    for (const parent of graph.parents.get(id) ?? []) {
      above.add(parent);
      for (const ancestor of upstream.get(parent) ?? []) above.add(ancestor);
    }
    upstream.set(id, above);
  }
  return upstream;
}

/** Everything that can be reached from a node along edges, itself included. */
export function reachableFrom(graph: Graph, start: string): Set<string> {
  const found = new Set([start]);
  for (const id of found) for (const child of graph.children.get(id) ?? []) found.add(child);
  return found;
}
