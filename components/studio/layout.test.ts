import { describe, expect, it } from "vitest";
import { definition, take } from "@/lib/workflows/definition/testing";
import { layOut, nodeSize, type Point, place } from "./layout";

const edges = (...pairs: [string, string][]) => pairs.map(([from, to]) => ({ from, to }));
const fork = { ids: ["a", "b", "c", "d"], edges: edges(["a", "b"], ["a", "c"], ["b", "d"], ["c", "d"]) };

const overlaps = (left: Point, right: Point) =>
  Math.abs(left.x - right.x) < nodeSize.width && Math.abs(left.y - right.y) < nodeSize.height;

describe("the layout", () => {
  it("goes from left to right, without an overlap", () => {
    const { places } = layOut(fork);
    for (const { from, to } of fork.edges) expect(places.get(from)?.x).toBeLessThan(places.get(to)?.x ?? 0);
    const all = [...places.values()];
    all.forEach((left, index) => {
      for (const right of all.slice(index + 1)) expect(overlaps(left, right)).toBe(false);
    });
  });

  it("keeps an edge that passes by a node clear of it", () => {
    const { places, ways } = layOut({ ids: ["a", "b", "c"], edges: edges(["a", "b"], ["b", "c"], ["a", "c"]) });
    const b = places.get("b") as Point;
    expect([...ways.keys()]).toEqual(["a→c"]);
    const beside = ways.get("a→c")?.filter(({ x }) => x > b.x && x < b.x + nodeSize.width) ?? [];
    expect(beside.length).toBeGreaterThan(0);
    for (const { y } of beside) expect(y < b.y || y > b.y + nodeSize.height).toBe(true);
  });

  it("bears a cycle, a step that leads to itself and an edge to nowhere", () => {
    expect(
      layOut({ ids: ["a", "b"], edges: edges(["a", "b"], ["b", "a"], ["a", "a"], ["a", "gone"]) }).places.size,
    ).toBe(2);
  });

  it("places a thousand nodes in a moment", () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `n${index}`);
    const startedAt = performance.now();
    const many = ids.slice(1).map((to, index) => ({ from: `n${Math.floor(index / 3)}`, to }));
    expect(layOut({ ids, edges: many }).places.size).toBe(1000);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe("nodes that somebody has moved", () => {
  const laidOut = layOut(fork);
  const automatic = laidOut.places;
  const at = (ui: Point | undefined) => {
    const made = definition(
      fork.ids.map((id) => take(id)),
      [],
    );
    return { nodes: made.nodes.map((node) => (node.id === "b" && ui ? { ...node, ui } : node)) };
  };

  it("stay where they are, and what comes after them follows", () => {
    const { places } = place(at({ x: 1000, y: 500 }), fork, laidOut);
    expect(places.get("b")).toEqual({ x: 1000, y: 500 });
    expect(places.get("a")).toEqual(automatic.get("a"));
    expect(places.get("c")).toEqual(automatic.get("c"));
  });

  it("have straight edges", () => {
    const shape = { ids: ["a", "b", "c"], edges: edges(["a", "b"], ["b", "c"], ["a", "c"]) };
    const automatically = layOut(shape);
    expect(place(at(undefined), shape, automatically).ways.has("a→c")).toBe(true);
    const [a] = definition([take("a")], []).nodes;
    const onlyLast = { nodes: a ? [{ ...a, id: "c", ui: { x: 500, y: 500 } }] : [] };
    expect(place(onlyLast, shape, automatically).ways.has("a→c")).toBe(false);
  });

  it("are none in files that count columns and rows", () => {
    const cells = definition([take("a"), take("b")], []).nodes.map((node, index) => ({
      ...node,
      ui: { x: index, y: 0 },
    }));
    const shape = { ids: ["a", "b"], edges: edges(["a", "b"]) };
    const placed = layOut(shape);
    expect(place({ nodes: cells }, shape, placed)).toBe(placed);
  });
});
