import { describe, expect, it } from "vitest";
import { answerId } from "./definition-to-flow";
import { fieldProblems, placeOf, severities } from "./problem-place";

describe("a problem's place", () => {
  it.each([
    ["nodes.api.inputs.path", { node: "api", tab: "configure", field: "inputs.path" }],
    ["nodes.a-1.inputs.with.dots", { node: "a-1", tab: "configure", field: "inputs.with.dots" }],
    ["nodes.api.dynamicOutputs.2", { node: "api", tab: "configure", field: "dynamicOutputs.2" }],
    ["nodes.a.action", { node: "a", tab: "action", field: "action" }],
    ["nodes.a", { node: "a", tab: "configure", field: null }],
    ["results.entries.0", { node: answerId, tab: "results", field: "results.entries.0" }],
    ["results", { node: answerId, tab: "results", field: "results" }],
    ["edges.3", { node: null, tab: "configure", field: null }],
    ["nodes", { node: null, tab: "configure", field: null }],
  ])("%s is found", (path, place) => {
    expect(placeOf({ path })).toEqual(place);
  });
});

const problems = [
  { path: "nodes.a.inputs.x", message: "may not fit", severity: "warning" as const },
  { path: "nodes.a.inputs.x", message: "is wrong" },
  { path: "nodes.b.inputs.y", message: "may not fit", severity: "warning" as const },
  { path: "results", message: "no file" },
];

it("the worst of a node is what its mark shows", () => {
  expect([...severities(problems)]).toEqual([
    ["a", "error"],
    ["b", "warning"],
    [answerId, "error"],
  ]);
});

it("a field shows its error before its warning", () => {
  expect([...fieldProblems(problems, "a")].map(([field, { message }]) => [field, message])).toEqual([
    ["inputs.x", "is wrong"],
  ]);
});
