import { describe, expect, it } from "vitest";
import { compareContracts } from "./compare-contracts";
import type { EndpointContract, EndpointInput } from "./endpoint-contract";
import { pathShape } from "./http-endpoint";

const base: EndpointContract = {
  method: "POST",
  path: "/weather/{city}",
  shape: "/weather/{}",
  summary: "",
  description: "",
  tags: [],
  successStatus: 200,
  replyTimeoutSeconds: 20,
  inputs: [],
  results: { kind: "json", entries: [] },
};
type Change = Partial<EndpointContract>;
const contract = (change: Change): EndpointContract => {
  const made = { ...base, ...change };
  return { ...made, shape: pathShape(made.path) };
};
const input = (name: string, more: Partial<EndpointInput> = {}): EndpointInput => ({
  name,
  humanName: "",
  help: "",
  type: "string",
  optional: false,
  origin: "body",
  ...more,
});
const inputs = (...list: EndpointInput[]): Change => ({ inputs: list });
type Entry = Extract<EndpointContract["results"], { kind: "json" }>["entries"][number];
const answer = (...list: Partial<Entry>[]): Change => ({
  results: {
    kind: "json",
    entries: list.map((entry) => ({ key: "k", type: "string", nullable: false, help: "", ...entry })),
  },
});
const optional = { optional: true };
const choice = (...enumValues: string[]) => input("a", { type: "enum", enumValues });

const breaking: [string, Change, Change, RegExp][] = [
  ["another method", {}, { method: "PUT" }, /POST .* becomes PUT .*404/],
  ["another path", {}, { path: "/climate/{city}" }, /becomes POST \/climate/],
  ["an input that is needed", {}, inputs(input("a")), /a is needed: calls without it are refused/],
  ["an input less", inputs(input("a")), {}, /a is no longer read/],
  ["an input that is needed from now on", inputs(input("a", optional)), inputs(input("a")), /a is needed from now on/],
  [
    "an input of another type",
    inputs(input("a")),
    inputs(input("a", { type: "integer" })),
    /a is of type integer, and was of type string/,
  ],
  [
    "a narrower number",
    inputs(input("a", { type: "float" })),
    inputs(input("a", { type: "integer" })),
    /a is of type integer/,
  ],
  ["a text that becomes a choice", inputs(input("a")), inputs(choice("x")), /a is of type enum/],
  [
    "an input from elsewhere",
    inputs(input("a")),
    inputs(input("a", { origin: "query" })),
    /read from the query, and was from the body/,
  ],
  ["a choice less", inputs(choice("x", "y")), inputs(choice("y")), /no longer takes x/],
  [
    "a path parameter of another type",
    inputs(input("city", { origin: "path" })),
    { path: "/weather/{zip}", inputs: [input("zip", { origin: "path", type: "integer" })] },
    /zip is of type integer/,
  ],
  [
    "a schema that there was none of",
    inputs(input("a", { type: "object" })),
    inputs(input("a", { type: "object", schema: { required: ["x"] } })),
    /a has another schema/,
  ],
  [
    "another schema of what is answered",
    answer({ type: "object", schema: { required: ["x"] } }),
    answer({ type: "object", schema: { required: ["y"] } }),
    /k in the answer has another schema/,
  ],
  ["a key less", answer({}), answer(), /no longer has k/],
  ["a key of another type", answer({}), answer({ type: "integer" }), /k in the answer is of type integer/],
  ["a key that may be null", answer({}), answer({ nullable: true }), /may be null/],
  ["a file for JSON", answer({}), { results: { kind: "file", type: "file" } }, /a file, and was JSON/],
  ["another success", {}, { successStatus: 201 }, /answered 201, and was 200/],
  ["no waiting at all", {}, { replyTimeoutSeconds: 0 }, /202 with a result link at once/],
];

const harmless: [string, Change, Change, RegExp][] = [
  [
    "a path parameter by another name",
    inputs(input("city", { origin: "path" })),
    { path: "/weather/{town}", inputs: [input("town", { origin: "path" })] },
    /the same calls reach it/,
  ],
  ["an input that may be given", {}, inputs(input("a", optional)), /may be given/],
  ["an input that may be left out", inputs(input("a")), inputs(input("a", optional)), /may be left out/],
  [
    "a wider number",
    inputs(input("a", { type: "integer" })),
    inputs(input("a", { type: "float" })),
    /is of type float/,
  ],
  ["a longer text", inputs(input("a")), inputs(input("a", { type: "longstring" })), /is of type longstring/],
  [
    "a schema that is gone",
    inputs(input("a", { type: "object", schema: { required: ["x"] } })),
    inputs(input("a", { type: "object" })),
    /allows no less/,
  ],
  [
    "an answer that is surer",
    answer({ type: "array" }),
    answer({ type: "array", schema: { minItems: 1 } }),
    /allows no less/,
  ],
  ["a choice more", inputs(choice("x")), inputs(choice("x", "y")), /also takes y/],
  ["a key more", answer(), answer({}), /also has k/],
  ["another patience", {}, { replyTimeoutSeconds: 5 }, /wait 5 s/],
  ["endless patience", {}, { replyTimeoutSeconds: -1 }, /however long/],
];

describe("breaks callers", () => {
  it.each(breaking)("%s", (_, before, after, message) => {
    const changes = compareContracts(contract(before), contract(after));
    expect(changes.filter((change) => change.isBreaking)).toHaveLength(1);
    expect(changes.find((change) => change.isBreaking)?.message).toMatch(message);
  });

  it("an endpoint that is gone", () => {
    expect(compareContracts(base, null)).toEqual([{ isBreaking: true, message: expect.stringMatching(/is gone/) }]);
  });
});

describe("breaks nobody", () => {
  it.each(harmless)("%s", (_, before, after, message) => {
    const changes = compareContracts(contract(before), contract(after));
    expect(changes).toEqual([{ isBreaking: false, message: expect.stringMatching(message) }]);
  });

  it("an endpoint that is new", () => {
    expect(compareContracts(null, base)).toEqual([{ isBreaking: false, message: "POST /weather/{city} is new." }]);
    expect(compareContracts(null, null)).toEqual([]);
  });

  it.each<[string, Change]>([
    ["documentation", { summary: "New words", description: "More", tags: ["x"] }],
    ["the order of inputs", { inputs: [input("b"), input("a")] }],
    ["a text that is written longer", answer({ type: "longstring" })],
  ])("%s, which is not even told", (_, after) => {
    const before = after.inputs ? inputs(input("a"), input("b")) : after.results ? answer({}) : {};
    expect(compareContracts(contract(before), contract(after))).toEqual([]);
  });
});
