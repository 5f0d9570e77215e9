import { expect, it } from "vitest";
import { api, definition, entries, link, take } from "@/lib/workflows/definition/testing";
import { addOutput, changeOutput, removeOutput } from "./outputs";

const made = definition(
  [api({}, [{ name: "text", type: "string" }]), take("a", link("api", "text"))],
  [["api", "a"]],
  entries(["said", "api", "text"]),
);
const outputs = (from: typeof made) => from.nodes[0]?.dynamicOutputs ?? [];

it("each new output has a name of its own", () => {
  const grown = addOutput(addOutput(made, "api"), "api");
  expect(outputs(grown).map(({ name }) => name)).toEqual(["text", "input", "input_2"]);
});

it("links and results follow an output to its new name", () => {
  const renamed = changeOutput(made, "api", 0, { name: "question" });
  expect(renamed.nodes[1]?.inputs.text).toEqual(link("api", "question"));
  expect(renamed.results).toEqual(entries(["said", "api", "question"]));
  const file = { ...made, results: { kind: "file" as const, node: "api", output: "text" } };
  expect(changeOutput(file, "api", 0, { name: "question" }).results).toEqual({
    kind: "file",
    node: "api",
    output: "question",
  });
});

it("what is set to nothing is not there", () => {
  const typed = changeOutput(made, "api", 0, { type: "enum", enumValues: ["x"], origin: "query" });
  expect(outputs(changeOutput(typed, "api", 0, { type: "string", enumValues: undefined, origin: undefined }))).toEqual(
    outputs(made),
  );
});

it("an output goes with the links and results that named it", () => {
  const less = removeOutput(made, "api", 0);
  expect([outputs(less), less.nodes[1]?.inputs, less.results]).toEqual([[], {}, entries()]);
  expect(removeOutput(made, "api", 7)).toBe(made);
});
