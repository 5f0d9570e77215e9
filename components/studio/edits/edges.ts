import { graphOf, reachableFrom } from "@/lib/workflows/definition/graph";
import type { Definition, WorkflowNode } from "@/lib/workflows/definition/schema";
import { type Catalog, isTriggerNode, outputsOf, titleOf } from "../catalog";
import { linkByName } from "./inputs";

/** Edits of which step comes after which. Pure. */

const hasEdge = (definition: Definition, from: string, to: string) =>
  definition.edges.some((edge) => edge.from === from && edge.to === to);

/** Why a step cannot come after another; null where it can. */
export function refuseConnection(definition: Definition, catalog: Catalog, from: string, to: string): string | null {
  const target = definition.nodes.find((node) => node.id === to);
  const source = definition.nodes.find((node) => node.id === from);
  if (!target || !source) return "That step is no longer there.";
  if (from === to) return "A step cannot come after itself.";
  if (isTriggerNode(catalog, target)) return "The trigger starts the workflow, so nothing comes before it.";
  if (hasEdge(definition, from, to)) return "These two are connected already.";
  if (reachableFrom(graphOf(definition), to).has(from)) {
    return `“${titleOf(catalog, source)}” already comes after “${titleOf(catalog, target)}”: that would be a cycle.`;
  }
  return null;
}

/** The steps that can come before one: none that come after it, and none that do so already. */
export function possibleBefore(definition: Definition, id: string): WorkflowNode[] {
  const graph = graphOf(definition);
  const after = reachableFrom(graph, id);
  const before = new Set(graph.parents.get(id));
  return definition.nodes.filter((node) => !after.has(node.id) && !before.has(node.id));
}

/** Lets one step come after another; inputs that have nothing yet are filled from outputs of the same name. */
export function connect(definition: Definition, catalog: Catalog, from: string, to: string): Definition {
  if (refuseConnection(definition, catalog, from, to)) return definition;
  const connected = { ...definition, edges: [...definition.edges, { from, to }] };
  return linkByName(connected, catalog, to, from);
}

/** Links stay as they are: the check says which of them no longer come from before. */
export function disconnect(definition: Definition, from: string, to: string): Definition {
  const edges = definition.edges.filter((edge) => edge.from !== from || edge.to !== to);
  return edges.length === definition.edges.length ? definition : { ...definition, edges };
}

/** A node of the definition that stands on an edge from now on: before → node → after. */
export function insertOnEdge(
  definition: Definition,
  catalog: Catalog,
  id: string,
  { from, to }: { from: string; to: string },
): Definition {
  return connect(connect(disconnect(definition, from, to), catalog, from, id), catalog, id, to);
}

/** Adds to the answer all outputs of a step that are not in it yet. */
export function answerWith(definition: Definition, catalog: Catalog, id: string): Definition {
  const node = definition.nodes.find((candidate) => candidate.id === id);
  if (!node) return definition;
  const entries = definition.results.kind === "json" ? definition.results.entries : [];
  const keys = new Set(entries.map((entry) => entry.key));
  const added = outputsOf(catalog, node).flatMap(({ name }) => {
    if (entries.some((entry) => entry.node === id && entry.output === name)) return [];
    const key = keys.has(name) ? `${id}_${name}` : name;
    keys.add(key);
    return [{ key, node: id, output: name }];
  });
  return added.length === 0
    ? definition
    : { ...definition, results: { kind: "json", entries: [...entries, ...added] } };
}
