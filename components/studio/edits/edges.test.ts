import { describe, expect, it } from "vitest";
import { api, definition, entries, link, take } from "@/lib/workflows/definition/testing";
import { catalog } from "../testing";
import { answerWith, connect, disconnect, insertOnEdge, possibleBefore, refuseConnection } from "./edges";

const three = definition(
  [api(), take("a"), take("b"), take("c")],
  [
    ["api", "a"],
    ["a", "b"],
    ["b", "c"],
  ],
);

describe("a connection", () => {
  it.each([
    ["c", "a", "“Last” already comes after “First”: that would be a cycle."],
    ["a", "a", "A step cannot come after itself."],
    ["a", "b", "These two are connected already."],
    ["c", "api", "The trigger starts the workflow, so nothing comes before it."],
    ["gone", "a", "That step is no longer there."],
  ])("from %s to %s is refused: %s", (from, to, reason) => {
    const names = new Map(Object.entries({ a: "First", c: "Last" }));
    const named = { ...three, nodes: three.nodes.map((node) => ({ ...node, name: names.get(node.id) ?? "" })) };
    expect(refuseConnection(named, catalog, from, to)).toBe(reason);
    expect(connect(three, catalog, from, to)).toBe(three);
  });

  it("may pass by other steps", () => {
    expect(refuseConnection(three, catalog, "a", "c")).toBeNull();
    expect(connect(three, catalog, "a", "c").edges).toContainEqual({ from: "a", to: "c" });
  });

  it("leaves inputs that have a value alone, and does not guess across types", () => {
    const made = definition([take("a"), take("b", { static: "mine" }), { id: "f", use: "take-file" }], []);
    expect(connect(made, catalog, "a", "b").nodes[1]?.inputs.text).toEqual({ static: "mine" });
    expect(connect(made, catalog, "a", "f").nodes[2]?.inputs).toEqual({ file: link("a", "file") });
    expect(connect(made, catalog, "f", "a").nodes[0]?.inputs).toEqual({ text: { static: "x" } });
  });

  it("is taken away, with the links left for the check to judge", () => {
    expect(disconnect(three, "a", "b").edges).toHaveLength(2);
    expect(disconnect(three, "a", "c")).toBe(three);
  });
});

it("what can come before a step is neither after it nor before it already", () => {
  const ids = (id: string) => possibleBefore(three, id).map((node) => node.id);
  expect([ids("a"), ids("b"), ids("c")]).toEqual([[], ["api"], ["api", "a"]]);
});

it("a step on an edge stands between its ends", () => {
  const made = { ...three, nodes: [...three.nodes, { ...three.nodes[1], id: "new" } as (typeof three.nodes)[number]] };
  expect(insertOnEdge(made, catalog, "new", { from: "a", to: "b" }).edges).toEqual([
    { from: "api", to: "a" },
    { from: "b", to: "c" },
    { from: "a", to: "new" },
    { from: "new", to: "b" },
  ]);
});

describe("answering with a step", () => {
  it("adds each output that is not in the answer yet, under a key of its own", () => {
    const made = definition([take("a"), take("b")], [], entries(["text", "a", "text"], ["mine", "b", "count"]));
    expect(answerWith(made, catalog, "b").results).toEqual(
      entries(
        ["text", "a", "text"],
        ["mine", "b", "count"],
        ["b_text", "b", "text"],
        ["file", "b", "file"],
        ["folder", "b", "folder"],
      ),
    );
  });

  it("that gives nothing changes nothing", () => {
    const made = definition([{ id: "s", use: "secret" }], []);
    expect(answerWith(made, catalog, "s")).toBe(made);
    expect(answerWith(made, catalog, "gone")).toBe(made);
  });
});
