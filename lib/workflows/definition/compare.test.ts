import { describe, expect, it } from "vitest";
import { compareDefinitions } from "./compare";
import type { Definition, WorkflowNode } from "./schema";
import { api, definition, entries, link, take } from "./testing";

const chain = definition(
  [api(), take("a"), take("b", link("a", "text"))],
  [
    ["api", "a"],
    ["a", "b"],
  ],
  entries(["text", "b", "text"]),
);
const changeB = (change: Partial<WorkflowNode>): Definition => ({
  ...chain,
  nodes: chain.nodes.map((node) => (node.id === "b" ? { ...node, ...change } : node)),
});
const told = (after: Definition) =>
  compareDefinitions(chain, after).steps.map((step) => [step.node, step.kind, step.details]);

describe("what changes of the steps", () => {
  it.each<[string, Partial<WorkflowNode>, string[]]>([
    ["a name", { name: "New" }, ["its name"]],
    ["a version", { action: { id: "take", version: "2.0" } }, ["take@1.0 → take@2.0"]],
    ["a source", { inputs: { text: { static: "x" } } }, ["input text"]],
    ["a source more", { inputs: { ...chain.nodes[2]?.inputs, count: { static: 1 } } }, ["input count"]],
    [
      "retries",
      { retry: { maxAttempts: 2, backoffSeconds: 1, backoffFactor: 2, maxBackoffSeconds: 9 } },
      ["how often it is tried"],
    ],
    ["add-ons", { addons: { gpu: {} } }, ["its add-ons"]],
  ])("is told: %s", (_, change, details) => {
    expect(told(changeB(change))).toEqual([["b", "changed", details]]);
  });

  it.each<[string, Partial<WorkflowNode>]>([
    ["where it stands", { ui: { x: 1, y: 2 } }],
    ["a source that holds nothing", { inputs: { ...chain.nodes[2]?.inputs, count: { static: null } } }],
    ["the order of its sources' parts", { inputs: { text: { link: { output: "text", node: "a" } } } }],
  ])("is not told: %s", (_, change) => {
    expect(compareDefinitions(chain, changeB(change))).toEqual({ steps: [], results: false });
  });

  it("is what was added, removed and waits for others", () => {
    const after = definition(
      [api(), take("b", link("a", "text")), take("c")],
      [
        ["api", "b"],
        ["b", "c"],
      ],
      entries(["text", "b", "text"]),
    );
    expect(told(after)).toEqual([
      ["b", "changed", ["the steps it waits for"]],
      ["c", "added", []],
      ["a", "removed", []],
    ]);
  });

  it("is what the trigger takes, and what is answered", () => {
    const after = definition(
      [api({}, [{ name: "x", type: "string" }]), take("a"), take("b", link("a", "text"))],
      [
        ["api", "a"],
        ["a", "b"],
      ],
    );
    expect([told(after), compareDefinitions(chain, after).results]).toEqual([
      [["api", "changed", ["what it takes from callers"]]],
      true,
    ]);
  });
});
