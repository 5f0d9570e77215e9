import { describe, expect, it } from "vitest";
import { api, definition, entries, link, take } from "@/lib/workflows/definition/testing";
import { answerId, flowEdges, flowNodes, keepUnchanged, layoutOf } from "./definition-to-flow";
import { catalog } from "./testing";

const shown = { catalog, severities: new Map(), steps: new Map() };
const chain = definition(
  [api(), take("first", link("api", "x")), take("second")],
  [
    ["api", "first"],
    ["first", "second"],
  ],
  entries(["text", "second", "text"], ["count", "first", "count"]),
);
const nodesOf = (made: typeof chain) => flowNodes(made, layoutOf(made, catalog), shown);
const edgesOf = (made: typeof chain) =>
  flowEdges(made, layoutOf(made, catalog), shown).map((edge) => [edge.id, edge.data?.carries]);

describe("the graph", () => {
  it("has a node for each step, and one for the answer with its keys", () => {
    expect(nodesOf(chain).map((node) => [node.id, node.data.kind, node.data.subtitle])).toEqual([
      ["api", "trigger", "POST /x"],
      ["first", "action", "take@1.0"],
      ["second", "action", "take@1.0"],
      [answerId, undefined, "text, count"],
    ]);
  });

  it("tells edges that carry values from those that only order, and from what is answered", () => {
    expect(edgesOf(chain)).toEqual([
      ["api→first", "values"],
      ["first→second", "order"],
      [`second→${answerId}`, "answer"],
      [`first→${answerId}`, "answer"],
    ]);
  });

  it("lets the last steps lead to an answer that is empty", () => {
    const unanswered = { ...chain, results: { kind: "json" as const, entries: [] } };
    expect(edgesOf(unanswered).at(-1)).toEqual([`second→${answerId}`, "answer"]);
    expect(nodesOf(unanswered).at(-1)?.data.subtitle).toBe("an empty object");
  });

  it("has no answer where nobody waits for one", () => {
    const byHand = definition([{ id: "start", use: "manual" }, take("a")], [["start", "a"]]);
    expect(nodesOf(byHand).map((node) => node.id)).toEqual(["start", "a"]);
  });

  it.each([
    ["postgw", true],
    ["webhook", false],
    ["crongw", false],
  ])("of a %s has an answer: %s", (use, isAnswered) => {
    const made = definition([{ id: "start", use }, take("a")], [["start", "a"]]);
    expect(layoutOf(made, catalog).places.has(answerId)).toBe(isAnswered);
  });

  it("is drawn however broken the definition is", () => {
    const broken = definition(
      [{ id: "a", use: "gone" }, take("b")],
      [
        ["a", "b"],
        ["b", "a"],
        ["b", "nowhere"],
        ["a", "b"],
      ],
      entries(["x", "nowhere", "y"]),
    );
    expect(nodesOf(broken).map((node) => node.data.kind)).toEqual(["unknown", "action", undefined]);
    expect(edgesOf(broken).map(([id]) => id)).toEqual(["a→b", "b→a"]);
  });
});

it("what has not changed stays the same object", () => {
  const before = nodesOf(chain);
  const renamed = {
    ...chain,
    nodes: chain.nodes.map((node) => (node.id === "first" ? { ...node, name: "New" } : node)),
  };
  const after = keepUnchanged(before, nodesOf(renamed));
  expect(after.map((node, index) => node === before[index])).toEqual([true, false, true, true]);
});
