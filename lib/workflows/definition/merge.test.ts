import { expect, it } from "vitest";
import { mergeDefinitions } from "./merge";
import { type Definition, definitionSchema } from "./schema";

const node = (id: string, more: object = {}) => ({ id, action: { id: "take", version: "1.0" }, ...more });
const make = (nodes: object[], edges: string[] = [], keys: string[] = []): Definition =>
  definitionSchema.parse({
    nodes,
    edges: edges.map((edge) => ({ from: edge[0], to: edge[1] })),
    results: { kind: "json", entries: keys.map((key) => ({ key, node: "a", output: "out" })) },
  });

const base = make([node("a"), node("b", { inputs: { x: { static: 1 }, y: { static: 2 } } })], ["ab"], ["one"]);

it("takes both where they do not touch, down to the inputs of one step", () => {
  const mine = make(
    [node("a", { name: "Mine" }), node("b", { inputs: { x: { static: 9 }, y: { static: 2 } } }), node("c")],
    ["ab", "bc"],
    ["one"],
  );
  const theirs = make(
    [node("a"), node("b", { name: "Theirs", inputs: { x: { static: 1 }, z: { static: 3 } } }), node("d")],
    ["ab", "ad"],
    ["one", "two"],
  );
  const { definition, clashes } = mergeDefinitions(base, mine, theirs);
  expect(clashes).toEqual([]);
  expect(definition).toEqual(
    make(
      [
        node("a", { name: "Mine" }),
        node("b", { name: "Theirs", inputs: { x: { static: 9 }, z: { static: 3 } } }),
        node("d"),
        node("c"),
      ],
      ["ab", "ad", "bc"],
      ["one", "two"],
    ),
  );
});

it("lets theirs stand where both have changed the same, and says so", () => {
  const mine = make([node("a", { name: "Mine" }), node("b", { inputs: { x: { static: 9 } } })], ["ab"], ["mine"]);
  const theirs = make([node("a", { name: "Theirs" }), node("b", { inputs: { x: { static: 8 } } })], ["ab"], ["theirs"]);
  const { definition, clashes } = mergeDefinitions(base, mine, theirs);
  expect(definition).toEqual(theirs);
  expect(clashes).toEqual([
    { node: "a", name: "Theirs", details: ["its name"] },
    { node: "b", name: "b", details: ["input x"] },
    { node: null, name: "What is answered", details: [] },
  ]);
});

it("is no clash when both have done the same", () => {
  const both = make([node("a", { name: "Same" })], [], ["one"]);
  expect(mergeDefinitions(base, both, both)).toEqual({ definition: both, clashes: [] });
});

it("removes what one has removed, unless the other has changed it", () => {
  const without = make([node("a")], [], ["one"]);
  expect(mergeDefinitions(base, without, base).definition).toEqual(without);
  expect(mergeDefinitions(base, base, without).definition).toEqual(without);
  const changed = make([node("a"), node("b", { name: "Changed" })], ["ab"], ["one"]);
  expect(mergeDefinitions(base, without, changed)).toEqual({
    definition: changed,
    clashes: [{ node: "b", name: "Changed", details: ["it was removed here, and changed there"] }],
  });
  expect(mergeDefinitions(base, changed, without)).toEqual({
    definition: without,
    clashes: [{ node: "b", name: "Changed", details: ["it was changed here, and removed there"] }],
  });
});

it("makes no cycle of two connections that were none", () => {
  const free = make([node("a"), node("b"), node("c")], ["ab"]);
  const mine = make([node("a"), node("b"), node("c")], ["ab", "bc"]);
  const theirs = make([node("a"), node("b"), node("c")], ["ab", "cb"]);
  const { definition, clashes } = mergeDefinitions(free, mine, theirs);
  expect(definition).toEqual(theirs);
  expect(clashes).toMatchObject([{ node: "c" }]);
});

it("keeps both of two steps that were added under one name", () => {
  const linked = node("d", { inputs: { x: { link: { node: "c", output: "out" } } } });
  const mine = make([...base.nodes, node("c", { name: "Mine" }), linked], ["ab", "bc", "cd"], ["one"]);
  const theirs = make([...base.nodes, node("c", { name: "Theirs" })], ["ab", "ac"], ["one"]);
  const { definition, clashes } = mergeDefinitions(base, mine, theirs);
  expect(clashes).toEqual([]);
  expect(definition.nodes.map(({ id, name }) => [id, name])).toEqual([
    ["a", ""],
    ["b", ""],
    ["c", "Theirs"],
    ["c_2", "Mine"],
    ["d", ""],
  ]);
  expect(definition.nodes[4]?.inputs.x).toEqual({ link: { node: "c_2", output: "out" } });
  expect(definition.edges).toEqual([...theirs.edges, { from: "b", to: "c_2" }, { from: "c_2", to: "d" }]);
});
