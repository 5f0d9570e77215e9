import type { ActionVersionResource } from "@/lib/actions/contract";
import { graphOf } from "@/lib/workflows/definition/graph";
import type { Definition, InputSource, WorkflowNode } from "@/lib/workflows/definition/schema";
import { type Catalog, isTriggerNode } from "../catalog";
import type { Point } from "../layout";
import { connect, insertOnEdge } from "./edges";
import { changeNode } from "./inputs";

/** Edits of a workflow's nodes. Pure. */

type Chosen = Pick<ActionVersionResource, "id" | "version" | "kind">;

/** An id that says what the node does: `shout`, then `shout_2`. */
export function freshId(definition: Pick<Definition, "nodes">, base: string): string {
  const cleaned = base.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 50) || "step";
  const taken = new Set(definition.nodes.map((node) => node.id));
  for (let count = 1; ; count++) {
    const id = count === 1 ? cleaned : `${cleaned}_${count}`;
    if (!taken.has(id)) return id;
  }
}

export type AddAt = { after: string } | { on: { from: string; to: string } } | { alone: Point | null };

/** A trigger takes the place of the one there is; an action goes where it is told. */
export function addNode(
  definition: Definition,
  catalog: Catalog,
  action: Chosen,
  at: AddAt,
): { definition: Definition; id: string } {
  if (action.kind === "trigger") return setTrigger(definition, catalog, action);
  const id = freshId(definition, action.id);
  const node: WorkflowNode = {
    id,
    name: "",
    action: { id: action.id, version: action.version },
    inputs: {},
    dynamicOutputs: [],
    ...("alone" in at && at.alone && { ui: at.alone }),
  };
  const added = { ...definition, nodes: [...definition.nodes, node] };
  if ("on" in at) return { definition: insertOnEdge(added, catalog, id, at.on), id };
  if ("after" in at) return { definition: connect(added, catalog, at.after, id), id };
  return { definition: added, id };
}

function setTrigger(definition: Definition, catalog: Catalog, action: Chosen): { definition: Definition; id: string } {
  const chosen = { id: action.id, version: action.version };
  const present = definition.nodes.find((node) => isTriggerNode(catalog, node));
  if (present) {
    // What callers give it, and the links to that, outlive the change.
    const inputs = present.action.id === action.id ? present.inputs : {};
    return {
      definition: changeNode(definition, present.id, (node) => ({ ...node, action: chosen, inputs })),
      id: present.id,
    };
  }
  const id = freshId(definition, "trigger");
  const { parents } = graphOf(definition);
  const first = definition.nodes.filter((node) => parents.get(node.id)?.length === 0);
  const node: WorkflowNode = { id, name: "", action: chosen, inputs: {}, dynamicOutputs: [] };
  return {
    definition: {
      ...definition,
      nodes: [node, ...definition.nodes],
      edges: [...first.map((step) => ({ from: id, to: step.id })), ...definition.edges],
    },
    id,
  };
}

/** Beyond this, closing the gap would draw more edges than were there. */
const maxBridges = 12;

/**
 * Takes nodes away with all that refers to them. What came before them leads to what came after, so that a chain stays
 * a chain.
 */
export function removeNodes(definition: Definition, ids: readonly string[]): Definition {
  const edges = ids.reduce((left, id) => withoutNode(left, id), definition.edges);
  const gone = new Set(ids);
  const nodes = definition.nodes
    .filter((node) => !gone.has(node.id))
    .map((node) => withoutLinks(node, (link) => gone.has(link.node)));
  if (nodes.length === definition.nodes.length) return definition;
  const { results } = definition;
  const isFileGone = results.kind === "file" && gone.has(results.node);
  const entries = results.kind === "json" ? results.entries.filter((entry) => !gone.has(entry.node)) : [];
  return {
    ...definition,
    nodes,
    edges,
    results: results.kind === "file" && !isFileGone ? results : { kind: "json", entries },
  };
}

function withoutNode(edges: Definition["edges"], id: string): Definition["edges"] {
  const before = edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  const after = edges.filter((edge) => edge.from === id).map((edge) => edge.to);
  const left = edges.filter((edge) => edge.from !== id && edge.to !== id);
  if (before.length * after.length > maxBridges) return left;
  const known = new Set(left.map((edge) => `${edge.from} ${edge.to}`));
  for (const from of before)
    for (const to of after) if (from !== to && !known.has(`${from} ${to}`)) left.push({ from, to });
  return left;
}

/** A node without those of its links that are meant. */
export function withoutLinks(
  node: WorkflowNode,
  isMeant: (link: { node: string; output: string }) => boolean,
): WorkflowNode {
  const kept = Object.entries(node.inputs).filter(([, source]) => !("link" in source && isMeant(source.link)));
  return kept.length === Object.keys(node.inputs).length ? node : { ...node, inputs: Object.fromEntries(kept) };
}

export function renameNode(definition: Definition, id: string, name: string): Definition {
  return changeNode(definition, id, (node) => ({ ...node, name: name.slice(0, 128) }));
}

export function moveNodes(definition: Definition, places: ReadonlyMap<string, Point>): Definition {
  const isMoved = definition.nodes.some((node) => {
    const place = places.get(node.id);
    return place && (place.x !== node.ui?.x || place.y !== node.ui?.y);
  });
  if (!isMoved) return definition;
  const nodes = definition.nodes.map((node) => {
    const place = places.get(node.id);
    return place ? { ...node, ui: { x: Math.round(place.x), y: Math.round(place.y) } } : node;
  });
  return { ...definition, nodes };
}

/** Nodes go back to where the layout puts them. */
export function tidyUp(definition: Definition): Definition {
  if (!definition.nodes.some((node) => node.ui)) return definition;
  return { ...definition, nodes: definition.nodes.map(({ ui: _place, ...node }) => node) };
}

/** Inputs that the new version does not have are let go. */
export function changeVersion(definition: Definition, id: string, action: ActionVersionResource): Definition {
  const known = new Set(action.inputs.map((input) => input.name));
  return changeNode(definition, id, (node) => ({
    ...node,
    action: { id: action.id, version: action.version },
    inputs: Object.fromEntries(Object.entries(node.inputs).filter(([name]) => known.has(name))),
  }));
}

export function setRetry(definition: Definition, id: string, retry: WorkflowNode["retry"]): Definition {
  return changeNode(definition, id, ({ retry: _before, ...node }) => ({ ...node, ...(retry && { retry }) }));
}

/** What of a source may be taken along to another node: a sealed password belongs to the one it was given for. */
export function portable(source: InputSource): InputSource {
  return "sealed" in source ? { static: null } : source;
}
