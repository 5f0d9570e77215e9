import { z } from "zod";
import { type Definition, definitionSchema, type InputSource, nodeSchema } from "@/lib/workflows/definition/schema";
import { type Catalog, isTriggerNode } from "../catalog";
import { nodeSize, type Point } from "../layout";
import { freshId, portable } from "./nodes";

/** Steps on their way to another place, within a workflow or to another one. Pure. */

const clipSchema = z.strictObject({
  millrace: z.literal("steps"),
  nodes: z.array(nodeSchema).min(1),
  edges: definitionSchema.shape.edges,
});
export type Clip = z.infer<typeof clipSchema>;

/** Null where there is nothing to take: a trigger stays where it is. */
export function copyNodes(definition: Definition, catalog: Catalog, ids: readonly string[]): Clip | null {
  const chosen = new Set(ids);
  const nodes = definition.nodes.filter((node) => chosen.has(node.id) && !isTriggerNode(catalog, node));
  if (nodes.length === 0) return null;
  const copied = new Set(nodes.map((node) => node.id));
  const edges = definition.edges.filter((edge) => copied.has(edge.from) && copied.has(edge.to));
  const open = ([name, source]: [string, InputSource]) => [name, portable(source)] as const;
  return {
    millrace: "steps",
    nodes: nodes.map((node) => ({ ...node, inputs: Object.fromEntries(Object.entries(node.inputs).map(open)) })),
    edges,
  };
}

/** Null for text that was copied elsewhere. */
export function readClip(text: string): Clip | null {
  if (!text.startsWith('{"millrace"')) return null;
  try {
    return clipSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const shift = nodeSize.height;

/** Links to steps outside of what is pasted are kept where the workflow has such a step. */
export function pasteNodes(definition: Definition, clip: Clip): { definition: Definition; ids: string[] } {
  const ids = new Map<string, string>();
  const grown = { nodes: [...definition.nodes] };
  for (const node of clip.nodes) {
    const id = freshId(grown, node.id.replace(/_\d+$/, ""));
    ids.set(node.id, id);
    grown.nodes.push({ ...node, id });
  }
  const there = new Set(definition.nodes.map((node) => node.id));
  const relinked = ([name, source]: [string, InputSource]): [string, InputSource][] => {
    if (!("link" in source)) return [[name, source]];
    const target = ids.get(source.link.node) ?? (there.has(source.link.node) ? source.link.node : null);
    return target ? [[name, { link: { ...source.link, node: target } }]] : [];
  };
  const pasted = clip.nodes.map((node) => ({
    ...node,
    id: ids.get(node.id) as string,
    inputs: Object.fromEntries(Object.entries(node.inputs).flatMap(relinked)),
    ...(node.ui && { ui: shifted(node.ui) }),
  }));
  const edges = clip.edges.map(({ from, to }) => ({ from: ids.get(from) as string, to: ids.get(to) as string }));
  return {
    definition: { ...definition, nodes: [...definition.nodes, ...pasted], edges: [...definition.edges, ...edges] },
    ids: pasted.map((node) => node.id),
  };
}

const shifted = ({ x, y }: Point): Point => ({ x: x + shift, y: y + shift });

/** Copies that come after the same steps as the ones they were made of. */
export function duplicateNodes(
  definition: Definition,
  catalog: Catalog,
  chosen: readonly string[],
): { definition: Definition; ids: string[] } {
  const clip = copyNodes(definition, catalog, chosen);
  if (!clip) return { definition, ids: [] };
  const pasted = pasteNodes(definition, clip);
  const copyOf = new Map(clip.nodes.map((node, index) => [node.id, pasted.ids[index] as string]));
  const entering = definition.edges.filter((edge) => copyOf.has(edge.to) && !copyOf.has(edge.from));
  const edges = entering.map((edge) => ({ from: edge.from, to: copyOf.get(edge.to) as string }));
  return { ...pasted, definition: { ...pasted.definition, edges: [...pasted.definition.edges, ...edges] } };
}
