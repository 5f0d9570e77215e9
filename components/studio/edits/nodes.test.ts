import { describe, expect, it } from "vitest";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { Definition } from "@/lib/workflows/definition/schema";
import { api, definition, entries, link, take } from "@/lib/workflows/definition/testing";
import { catalog } from "../testing";
import { addNode, changeVersion, moveNodes, removeNodes, renameNode, setRetry, tidyUp } from "./nodes";

const action = (id: string) => catalog.versions.get(`${id}@1.0`) as ActionVersionResource;
const edges = (made: Definition) => made.edges.map((edge) => `${edge.from}>${edge.to}`);
const ids = (made: Definition) => made.nodes.map((node) => node.id);
const inputsOf = (made: Definition, id: string) => made.nodes.find((node) => node.id === id)?.inputs;

const chain = definition(
  [api({}, [{ name: "text", type: "string" }]), take("a", link("api", "text")), take("b", link("a", "text"))],
  [
    ["api", "a"],
    ["a", "b"],
  ],
  entries(["text", "b", "text"], ["early", "a", "text"]),
);

describe("adding", () => {
  it("after a step connects it, and fills what bears the same name", () => {
    const added = addNode(chain, catalog, action("take"), { after: "b" });
    expect([added.id, edges(added.definition).at(-1)]).toEqual(["take", "b>take"]);
    expect(inputsOf(added.definition, "take")).toEqual({
      text: link("b", "text"),
      count: link("b", "count"),
    });
  });

  it("on an edge puts it in between", () => {
    const added = addNode(chain, catalog, action("secret"), { on: { from: "a", to: "b" } });
    expect(edges(added.definition)).toEqual(["api>a", "a>secret", "secret>b"]);
  });

  it("names it after its action, each differently", () => {
    const once = addNode(chain, catalog, action("take"), { alone: null });
    const twice = addNode(once.definition, catalog, action("take"), { alone: { x: 1, y: 2 } });
    expect([once.id, twice.id]).toEqual(["take", "take_2"]);
    expect(twice.definition.nodes.at(-1)?.ui).toEqual({ x: 1, y: 2 });
  });

  it("a trigger takes the place of the one there is, and what is linked to it stays", () => {
    const added = addNode(chain, catalog, action("manual"), { after: "b" });
    expect(ids(added.definition)).toEqual(["api", "a", "b"]);
    expect(added.definition.nodes[0]).toMatchObject({ action: { id: "manual" }, inputs: {} });
    expect(added.definition.nodes[0]?.dynamicOutputs).toHaveLength(1);
    expect(edges(added.definition)).toEqual(edges(chain));
  });

  it("a first trigger leads to every step that nothing led to", () => {
    const headless = definition([take("a"), take("b"), take("c")], [["a", "b"]]);
    const added = addNode(headless, catalog, action("manual"), { alone: null });
    expect(edges(added.definition).sort()).toEqual(["a>b", "trigger>a", "trigger>c"]);
  });
});

describe("removing", () => {
  it("closes the chain, and takes along links and results", () => {
    const left = removeNodes(chain, ["a"]);
    expect([ids(left), edges(left), inputsOf(left, "b")]).toEqual([["api", "b"], ["api>b"], {}]);
    expect(left.results).toEqual(entries(["text", "b", "text"]));
  });

  it("of several neighbours closes the gap over all of them", () => {
    expect(edges(removeNodes(chain, ["api", "a"]))).toEqual([]);
    const long = definition(
      ["a", "b", "c", "d"].map((id) => take(id)),
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
      ],
    );
    expect(edges(removeNodes(long, ["b", "c"]))).toEqual(["a>d"]);
  });

  it("draws no edge twice", () => {
    const triangle = definition(
      ["a", "b", "c"].map((id) => take(id)),
      [
        ["a", "b"],
        ["b", "c"],
        ["a", "c"],
      ],
    );
    expect(edges(removeNodes(triangle, ["b"]))).toEqual(["a>c"]);
  });

  it("of what a file result came from leaves an answer without keys", () => {
    const file = definition([take("a")], [], { kind: "file", node: "a", output: "file" });
    expect(removeNodes(file, ["a"]).results).toEqual(entries());
  });

  it("of what is not there changes nothing", () => {
    expect(removeNodes(chain, ["gone"])).toBe(chain);
  });
});

describe("places", () => {
  it("are kept as whole numbers, and forgotten by tidying up", () => {
    const moved = moveNodes(chain, new Map([["a", { x: 1.4, y: -2.6 }]]));
    expect(moved.nodes[1]?.ui).toEqual({ x: 1, y: -3 });
    expect(moveNodes(moved, new Map([["a", { x: 1, y: -3 }]]))).toBe(moved);
    expect(tidyUp(moved)).toEqual(chain);
    expect(tidyUp(chain)).toBe(chain);
  });
});

it("another version lets go of inputs that it does not have", () => {
  const next = { ...action("take"), version: "2.0", inputs: action("take").inputs.slice(1) };
  const changed = changeVersion(chain, "a", next);
  expect(changed.nodes[1]).toMatchObject({ action: { id: "take", version: "2.0" }, inputs: {} });
});

it("a name and retries are set and taken away", () => {
  expect(renameNode(chain, "a", "x".repeat(200)).nodes[1]?.name).toHaveLength(128);
  const retry = { maxAttempts: 3, backoffSeconds: 1, backoffFactor: 2, maxBackoffSeconds: 60 };
  const retried = setRetry(chain, "a", retry);
  expect(retried.nodes[1]?.retry).toEqual(retry);
  expect(setRetry(retried, "a", undefined)).toEqual(chain);
});
