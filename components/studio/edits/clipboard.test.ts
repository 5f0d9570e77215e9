import { describe, expect, it } from "vitest";
import { type Definition, emptyDefinition } from "@/lib/workflows/definition/schema";
import { api, definition, link, take } from "@/lib/workflows/definition/testing";
import { catalog } from "../testing";
import { type Clip, copyNodes, duplicateNodes, pasteNodes, readClip } from "./clipboard";

const chain = definition(
  [
    api({}, [{ name: "text", type: "string" }]),
    take("a", link("api", "text")),
    take("b", link("a", "text")),
    { id: "s", use: "secret", inputs: { key: { sealed: true } } },
  ],
  [
    ["api", "a"],
    ["a", "b"],
    ["b", "s"],
  ],
);
const edges = (made: Definition) => made.edges.map((edge) => `${edge.from}>${edge.to}`);
const copy = (...ids: string[]) => copyNodes(chain, catalog, ids) as Clip;
const inputsOf = (made: Definition, id: string | undefined) => made.nodes.find((node) => node.id === id)?.inputs;

describe("copying", () => {
  it("takes the steps and what is between them, and survives being text", () => {
    const clip = copy("a", "b");
    expect(readClip(JSON.stringify(clip))).toEqual(clip);
    expect([clip.nodes.length, clip.edges]).toEqual([2, [{ from: "a", to: "b" }]]);
  });

  it("takes no trigger, and no seal", () => {
    expect(copyNodes(chain, catalog, ["api"])).toBeNull();
    expect(copy("api", "s").nodes).toMatchObject([{ id: "s", inputs: { key: { static: null } } }]);
  });

  it("takes nothing from what was not copied here", () => {
    for (const text of ["", "hello", "{", '{"millrace":"steps"}', '{"millrace":"steps","nodes":[{}],"edges":[]}'])
      expect(readClip(text)).toBeNull();
  });
});

describe("pasting", () => {
  it("gives new names, and links among the copies go along", () => {
    const { definition: made, ids } = pasteNodes(chain, copy("a", "b"));
    expect([ids, edges(made).at(-1)]).toEqual([["a_2", "b_2"], "a_2>b_2"]);
    expect(inputsOf(made, "b_2")?.text).toEqual(link("a_2", "text"));
    expect(inputsOf(made, "a_2")?.text).toEqual(link("api", "text"));
  });

  it("into another workflow drops links to what is not there", () => {
    const { definition: made } = pasteNodes(emptyDefinition, copy("a", "b"));
    expect([inputsOf(made, "a"), inputsOf(made, "b")?.text]).toEqual([{}, link("a", "text")]);
  });

  it("again and again keeps names short", () => {
    const once = pasteNodes(chain, copy("a"));
    const twice = pasteNodes(once.definition, copyNodes(once.definition, catalog, ["a_2"]) as Clip);
    expect(twice.ids).toEqual(["a_3"]);
  });
});

it("a duplicate comes after the same step as its original", () => {
  const { definition: made, ids } = duplicateNodes(chain, catalog, ["a", "b"]);
  expect([ids, edges(made).slice(3)]).toEqual([
    ["a_2", "b_2"],
    ["a_2>b_2", "api>a_2"],
  ]);
  expect(duplicateNodes(chain, catalog, ["api"])).toEqual({ definition: chain, ids: [] });
});
