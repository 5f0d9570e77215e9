import { describe, expect, it } from "vitest";
import { definition, take } from "@/lib/workflows/definition/testing";
import { layOut, nodeSize, type Point, place } from "./layout";

const edges = (...pairs: [string, string][]) => pairs.map(([from, to]) => ({ from, to }));
const fork = { ids: ["a", "b", "c", "d"], edges: edges(["a", "b"], ["a", "c"], ["b", "d"], ["c", "d"]) };

const overlaps = (left: Point, right: Point) =>
  Math.abs(left.x - right.x) < nodeSize.width && Math.abs(left.y - right.y) < nodeSize.height;

describe("the layout", () => {
  it("goes from left to right, without an overlap", () => {
    const places = layOut(fork);
    for (const { from, to } of fork.edges) expect(places.get(from)?.x).toBeLessThan(places.get(to)?.x ?? 0);
    const all = [...places.values()];
    all.forEach((left, index) => {
      for (const right of all.slice(index + 1)) expect(overlaps(left, right)).toBe(false);
    });
  });

  it("keeps an edge that passes by a node clear of it", () => {
    const places = layOut({ ids: ["a", "b", "c"], edges: edges(["a", "b"], ["b", "c"], ["a", "c"]) });
    const [a, b, c] = ["a", "b", "c"].map((id) => places.get(id) as Point);
    const passing = ((a?.y ?? 0) + (c?.y ?? 0)) / 2;
    expect(Math.abs((b?.y ?? 0) - passing)).toBeGreaterThan(nodeSize.height / 2);
  });

  it("bears a cycle, a step that leads to itself and an edge to nowhere", () => {
    expect(layOut({ ids: ["a", "b"], edges: edges(["a", "b"], ["b", "a"], ["a", "a"], ["a", "gone"]) }).size).toBe(2);
  });

  it("places a thousand nodes in a moment", () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `n${index}`);
    const startedAt = performance.now();
    const many = ids.slice(1).map((to, index) => ({ from: `n${Math.floor(index / 3)}`, to }));
    expect(layOut({ ids, edges: many }).size).toBe(1000);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe("nodes that somebody has moved", () => {
  const automatic = layOut(fork);
  const at = (ui: Point | undefined) => {
    const made = definition(
      fork.ids.map((id) => take(id)),
      [],
    );
    return { nodes: made.nodes.map((node) => (node.id === "b" && ui ? { ...node, ui } : node)) };
  };

  it("stay where they are, and what comes after them follows", () => {
    const places = place(at({ x: 1000, y: 500 }), fork, automatic);
    expect(places.get("b")).toEqual({ x: 1000, y: 500 });
    expect(places.get("a")).toEqual(automatic.get("a"));
    expect(places.get("c")).toEqual(automatic.get("c"));
  });

  it("are none in files that count columns and rows", () => {
    const cells = definition([take("a"), take("b")], []).nodes.map((node, index) => ({
      ...node,
      ui: { x: index, y: 0 },
    }));
    const shape = { ids: ["a", "b"], edges: edges(["a", "b"]) };
    const laidOut = layOut(shape);
    expect(place({ nodes: cells }, shape, laidOut)).toBe(laidOut);
  });
});
