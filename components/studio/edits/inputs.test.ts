import { describe, expect, it } from "vitest";
import type { IoType } from "@/lib/values/types";
import { api, definition, link, take } from "@/lib/workflows/definition/testing";
import { catalog } from "../testing";
import { isUnset, offersFor, setInput } from "./inputs";

const made = definition(
  [api({}, [{ name: "question", type: "longstring" }]), take("near"), take("target"), take("after"), take("beside")],
  [
    ["api", "near"],
    ["near", "target"],
    ["target", "after"],
    ["api", "beside"],
  ],
);
const offered = (type: IoType) =>
  offersFor(made, catalog, "target", { type }).map(({ node, outputs }) => [
    node.id,
    outputs.map(({ name }) => name).join(),
  ]);

describe("what an input can be linked to", () => {
  it("comes before the step, the nearest first, and fits", () => {
    expect(offered("string")).toEqual([
      ["near", "text"],
      ["api", "question"],
    ]);
    expect(offered("float")).toEqual([["near", "count"]]);
    expect(offered("directory")).toEqual([["near", "folder"]]);
    expect(offered("boolean")).toEqual([]);
  });

  it("is nothing at the start, nor on a cycle", () => {
    expect(offersFor(made, catalog, "api", { type: "string" })).toEqual([]);
    const round = definition(
      [take("a"), take("b")],
      [
        ["a", "b"],
        ["b", "a"],
      ],
    );
    expect(offersFor(round, catalog, "a", { type: "string" })).toEqual([]);
  });
});

it("a source is set, replaced and taken away, whatever the input is named", () => {
  const set = setInput(made, "near", "constructor", { static: 1 });
  expect(set.nodes[1]?.inputs).toEqual({ text: { static: "x" }, constructor: { static: 1 } });
  expect(setInput(set, "near", "constructor", link("api", "question")).nodes[1]?.inputs.constructor).toEqual(
    link("api", "question"),
  );
  expect(setInput(set, "near", "constructor", null)).toEqual(made);
});

it("an input without a source, or with none fixed, is unset", () => {
  expect([undefined, { static: null }, { static: "" }, { variable: "X" }].map(isUnset)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
