import { Graph, layout } from "@dagrejs/dagre";
import type { Definition } from "@/lib/workflows/definition/schema";

/** Where nodes stand when nobody has put them anywhere. Pure. */

export interface Point {
  x: number;
  y: number;
}

export const nodeSize = { width: 236, height: 64 };
/** Edges that pass by a node keep clear of it. */
const gaps = { nodesep: 36, ranksep: 68, edgesep: 44 };
/** From here on the best ranking takes seconds; a plain one looks the same in graphs of this size. */
const manyNodes = 250;

export type Shape = { ids: string[]; edges: { from: string; to: string }[] };

export interface Layout {
  places: ReadonlyMap<string, Point>;
  /** The points by which an edge passes steps that lie between its ends, by `edgeId`. */
  ways: ReadonlyMap<string, Point[]>;
}

export const edgeId = (from: string, to: string) => `${from}→${to}`;

/** An edge to the next column has one point between its ends, and needs none. */
const shortEdge = 3;

export function layOut({ ids, edges }: Shape): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...gaps, ranker: ids.length > manyNodes ? "tight-tree" : "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...nodeSize });
  const known = new Set(ids);
  for (const { from, to } of edges) if (known.has(from) && known.has(to) && from !== to) graph.setEdge(from, to);
  layout(graph);
  const places = ids.map((id) => {
    const { x, y } = graph.node(id) as Point;
    return [id, { x: Math.round(x - nodeSize.width / 2), y: Math.round(y - nodeSize.height / 2) }] as const;
  });
  const ways = graph.edges().flatMap(({ v, w }) => {
    const { points } = graph.edge({ v, w }) as { points: Point[] };
    return points.length > shortEdge ? [[edgeId(v, w), points.slice(1, -1)] as const] : [];
  });
  return { places: new Map(places), ways: new Map(ways) };
}

/** Files of Ryax count positions in columns and rows. */
function areCells(points: Point[]): boolean {
  return points.length > 1 && points.every(({ x, y }) => Math.abs(x) < 40 && Math.abs(y) < 40);
}

/**
 * A node that somebody has moved stays there; one that nobody has follows the node before it, so that what is added
 * after a moved node stands beside it.
 */
export function place(definition: Pick<Definition, "nodes">, shape: Shape, laidOut: Layout): Layout {
  const automatic = laidOut.places;
  const moved = new Map(definition.nodes.flatMap((node) => (node.ui ? [[node.id, node.ui] as const] : [])));
  if (moved.size === 0 || areCells([...moved.values()])) return laidOut;
  const before = new Map(shape.edges.map((edge) => [edge.to, edge.from]));
  const places = new Map<string, Point>();
  for (const id of shape.ids) {
    const own = automatic.get(id) ?? { x: 0, y: 0 };
    const leader = leaderOf(id, before, moved);
    const stood = leader && automatic.get(leader);
    const stands = leader && moved.get(leader);
    places.set(
      id,
      stood && stands ? { x: own.x + Math.round(stands.x - stood.x), y: own.y + Math.round(stands.y - stood.y) } : own,
    );
  }
  const isWhereItWas = (id: string) => isSamePoint(places.get(id), automatic.get(id));
  const ways = shape.edges.flatMap(({ from, to }) => {
    const way = laidOut.ways.get(edgeId(from, to));
    return way && isWhereItWas(from) && isWhereItWas(to) ? [[edgeId(from, to), way] as const] : [];
  });
  return { places, ways: new Map(ways) };
}

const isSamePoint = (left: Point | undefined, right: Point | undefined) => left?.x === right?.x && left?.y === right?.y;

function leaderOf(id: string, before: Map<string, string>, moved: Map<string, Point>): string | undefined {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = before.get(at)) {
    if (moved.has(at)) return at;
    seen.add(at);
  }
  return undefined;
}
