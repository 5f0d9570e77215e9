import { ownValue } from "@/lib/values/own";
import { isSameJson } from "@/lib/values/same";
import { graphOf, topologicalOrder } from "./graph";
import type { Definition, InputSource, WorkflowNode } from "./schema";

/** Two drafts that were made of one, brought together where they do not touch. Pure. */

/** What both have changed, each in another way: theirs stands. */
export interface Clash {
  /** Null for what belongs to no step. */
  node: string | null;
  name: string;
  details: string[];
}

export interface MergedDefinition {
  definition: Definition;
  clashes: Clash[];
}

const nameOf = (node: WorkflowNode) => node.name || node.id;
const byId = (definition: Definition) => new Map(definition.nodes.map((node) => [node.id, node]));

/** Mine where only I have changed it, else theirs; a clash is told by its name. */
function pick<Value>(base: Value, mine: Value, theirs: Value, name: string, clashes: string[]): Value {
  if (isSameJson(mine, base) || isSameJson(mine, theirs)) return theirs;
  if (isSameJson(theirs, base)) return mine;
  clashes.push(name);
  return theirs;
}

function mergeInputs(
  base: WorkflowNode,
  mine: WorkflowNode,
  theirs: WorkflowNode,
  clashes: string[],
): WorkflowNode["inputs"] {
  const names = new Set([...Object.keys(theirs.inputs), ...Object.keys(mine.inputs)]);
  const entries = [...names].flatMap((name) => {
    const [before, own, other] = [base, mine, theirs].map((node) => ownValue(node.inputs, name));
    const source = pick(before, own, other, `input ${name}`, clashes);
    return source ? [[name, source] as const] : [];
  });
  return Object.fromEntries(entries);
}

function mergeNode(base: WorkflowNode, mine: WorkflowNode, theirs: WorkflowNode, clashes: string[]): WorkflowNode {
  const part = <Key extends keyof WorkflowNode>(key: Key, name: string) =>
    pick(base[key], mine[key], theirs[key], name, clashes);
  const [retry, addons] = [part("retry", "how often it is tried"), part("addons", "its add-ons")];
  // Where it stands on the canvas is nothing to choose about.
  const ui = pick(base.ui, mine.ui, theirs.ui, "", []);
  return {
    id: theirs.id,
    name: part("name", "its name"),
    action: part("action", "its action's version"),
    inputs: mergeInputs(base, mine, theirs, clashes),
    dynamicOutputs: part("dynamicOutputs", "what it takes from callers"),
    ...(retry && { retry }),
    ...(addons && { addons }),
    ...(ui && { ui }),
  };
}

interface MergedNodes {
  nodes: WorkflowNode[];
  clashes: Clash[];
  /** Those that I had removed, and that are kept since they have changed theirs. */
  kept: Set<string>;
}

function mergeNodes(base: Definition, mine: Definition, theirs: Definition): MergedNodes {
  const [before, own, other] = [byId(base), byId(mine), byId(theirs)];
  const clashes: Clash[] = [];
  const kept = new Set<string>();
  const clash = (node: WorkflowNode, details: string[]) => clashes.push({ node: node.id, name: nameOf(node), details });
  const nodes = theirs.nodes.flatMap((node) => {
    const [was, is] = [before.get(node.id), own.get(node.id)];
    if (was && !is) {
      if (isSameJson(was, node)) return [];
      clash(node, ["it was removed here, and changed there"]);
      kept.add(node.id);
      return [node];
    }
    if (!is) return [node];
    const details: string[] = [];
    // What both have added is the same: what is not has another name by now.
    const merged = mergeNode(was ?? node, is, node, details);
    if (details.length > 0) clash(node, details);
    return [merged];
  });
  for (const node of mine.nodes) {
    const was = before.get(node.id);
    if (other.has(node.id)) continue;
    if (!was) nodes.push(node);
    else if (!isSameJson(was, node)) clash(node, ["it was changed here, and removed there"]);
  }
  return { nodes, clashes, kept };
}

type Edge = Definition["edges"][number];
const keyOf = ({ from, to }: Edge) => `${from} ${to}`;

function mergeEdges(base: Definition, mine: Definition, theirs: Definition, { nodes, clashes, kept }: MergedNodes) {
  const [before, own] = [base, mine].map(({ edges }) => new Set(edges.map(keyOf))) as [Set<string>, Set<string>];
  const there = new Set(nodes.map((node) => node.id));
  const stands = ({ from, to }: Edge) => there.has(from) && there.has(to);
  const isCut = (edge: Edge) =>
    before.has(keyOf(edge)) && !own.has(keyOf(edge)) && !kept.has(edge.from) && !kept.has(edge.to);
  let edges = theirs.edges.filter((edge) => stands(edge) && !isCut(edge));
  const present = new Set(edges.map(keyOf));
  const added = mine.edges.filter((edge) => stands(edge) && !before.has(keyOf(edge)) && !present.has(keyOf(edge)));
  for (const edge of added) {
    const next = [...edges, edge];
    if (topologicalOrder(graphOf({ nodes, edges: next })).cyclic.length === 0) edges = next;
    else
      clashes.push({ node: edge.to, name: edge.to, details: [`waiting for ${edge.from}: together that is a cycle`] });
  }
  return edges;
}

/** What I have added under a name that another step has got meanwhile, under a name of its own. */
function withFreeNames(base: Definition, mine: Definition, theirs: Definition): Definition {
  const [before, other] = [byId(base), byId(theirs)];
  const taken = new Set([...before.keys(), ...other.keys(), ...byId(mine).keys()]);
  const names = new Map<string, string>();
  for (const node of mine.nodes) {
    if (before.has(node.id) || !other.has(node.id) || isSameJson(node, other.get(node.id))) continue;
    let number = 2;
    while (taken.has(freeName(node.id, number))) number++;
    names.set(node.id, freeName(node.id, number));
    taken.add(freeName(node.id, number));
  }
  return names.size > 0 ? renamed(mine, (id) => names.get(id) ?? id) : mine;
}

const freeName = (id: string, number: number) => `${id.slice(0, 56)}_${number}`;

function renamed({ nodes, edges, results, ...rest }: Definition, nameFor: (id: string) => string): Definition {
  const ofOutput = <Output extends { node: string }>(output: Output) => ({ ...output, node: nameFor(output.node) });
  const sourceOf = (source: InputSource) => ("link" in source ? { link: ofOutput(source.link) } : source);
  return {
    ...rest,
    nodes: nodes.map((node) => ({
      ...node,
      id: nameFor(node.id),
      inputs: Object.fromEntries(Object.entries(node.inputs).map(([name, source]) => [name, sourceOf(source)])),
    })),
    edges: edges.map(({ from, to }) => ({ from: nameFor(from), to: nameFor(to) })),
    results: results.kind === "json" ? { ...results, entries: results.entries.map(ofOutput) } : ofOutput(results),
  };
}

/**
 * @param base what both were made of
 * @param edited mine
 */
export function mergeDefinitions(base: Definition, edited: Definition, theirs: Definition): MergedDefinition {
  const mine = withFreeNames(base, edited, theirs);
  const merged = mergeNodes(base, mine, theirs);
  const edges = mergeEdges(base, mine, theirs, merged);
  const answer: string[] = [];
  const results = pick(base.results, mine.results, theirs.results, "results", answer);
  const clashes =
    answer.length > 0 ? [...merged.clashes, { node: null, name: "What is answered", details: [] }] : merged.clashes;
  return { definition: { ...theirs, nodes: merged.nodes, edges, results }, clashes };
}
