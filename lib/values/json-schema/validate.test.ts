import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../types";
import { checkSchema } from "./check-schema";
import type { JsonSchema } from "./document";
import { validate } from "./validate";

const order: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "string", pattern: "^[A-Z]{2}\\d+$", maxLength: 8 },
    items: { type: "array", minItems: 1, items: { $ref: "#/$defs/item" } },
    note: { anyOf: [{ type: "string", minLength: 1 }, { type: "null" }] },
    ship_to: { anyOf: [{ $ref: "#/$defs/address" }, { type: "null" }] },
    kind: { enum: ["new", "again"] },
  },
  required: ["id", "items"],
  additionalProperties: false,
  $defs: {
    item: {
      type: "object",
      properties: { sku: { type: "string" }, price: { type: "number", exclusiveMinimum: 0, multipleOf: 0.01 } },
      required: ["sku", "price"],
    },
    address: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const item = { sku: "a", price: 19.99 };
const right = { id: "AB1", items: [item] };

it.each<[JsonValue, [at: string, expected: string][]]>([
  [right, []],
  [{ ...right, note: null, ship_to: { city: "Oslo" }, kind: "new" }, []],
  [{ items: [item] }, [["id", "given"]]],
  [
    { id: "ab", items: [] },
    [
      ["id", "a string that matches ^[A-Z]{2}\\d+$"],
      ["items", "a list of at least 1"],
    ],
  ],
  [
    { ...right, items: [item, { sku: 1, price: 0 }] },
    [
      ["items.1.sku", "a string"],
      ["items.1.price", "more than 0"],
    ],
  ],
  [{ ...right, items: { 0: item } }, [["items", "a list"]]],
  [{ ...right, colour: "red" }, [["colour", "left out"]]],
  [{ ...right, constructor: "red" }, [["constructor", "left out"]]],
  [{ ...right, kind: "old" }, [["kind", 'one of "new", "again"']]],
  [{ ...right, note: 1 }, [["note", "a string or null"]]],
  // Only one of the forms was meant.
  [{ ...right, ship_to: { city: 3 } }, [["ship_to.city", "a string"]]],
  [[right], [["", "an object"]]],
])("%j", (value, expected) => {
  expect(validate(order, value).map(({ at, expected }) => [at, expected])).toEqual(expected);
});

describe("integers beyond 2^53", () => {
  const big = 2n ** 63n;
  it.each<[JsonSchema, boolean]>([
    [{ type: "integer" }, true],
    [{ type: "number", minimum: 1 }, true],
    [{ type: "integer", maximum: 10 }, false],
    [{ type: "integer", multipleOf: 2 }, true],
    [{ type: "integer", multipleOf: 3 }, false],
    [{ type: "string" }, false],
  ])("%j", (schema, isRight) => {
    expect(validate({ properties: { id: schema } }, { id: big })).toHaveLength(isRight ? 0 : 1);
  });

  it("are told apart from their neighbours", () => {
    expect(validate({ uniqueItems: true }, [big, big + 1n])).toEqual([]);
    expect(validate({ uniqueItems: true }, [big, big])).toHaveLength(1);
  });
});

/** Each keyword with values on both sides of it: what we say is what a validator of the whole standard says. */
const schemas: JsonSchema[] = [
  {},
  { type: ["string", "null"] },
  { type: "integer" },
  { type: "number", minimum: 1, maximum: 3 },
  { exclusiveMinimum: 1, exclusiveMaximum: 3 },
  { multipleOf: 2 },
  { minLength: 2, maxLength: 3 },
  { pattern: "^a|z$" },
  { pattern: "\\d{2}" },
  { enum: [1, "ab", { a: [1] }, null] },
  { const: { a: 1, b: [2] } },
  { items: { type: "integer" } },
  { prefixItems: [{ type: "string" }, true], items: false },
  { minItems: 1, maxItems: 2 },
  { uniqueItems: true },
  { properties: { a: { type: "integer" } }, additionalProperties: { type: "string" } },
  { patternProperties: { "^a": { type: "integer" }, b$: { minimum: 2 } }, additionalProperties: false },
  { propertyNames: { maxLength: 1 } },
  { required: ["a"], minProperties: 1, maxProperties: 2 },
  { dependentRequired: { a: ["b"] } },
  { allOf: [{ type: "integer" }, { minimum: 2 }] },
  { anyOf: [{ type: "integer" }, { maxLength: 2 }] },
  { oneOf: [{ type: "integer" }, { minimum: 2 }] },
  { not: { type: "object" } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  { if: { type: "integer" }, then: { minimum: 2 }, else: { type: "string" } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  { if: { required: ["a"] }, then: { required: ["b"] } },
  { $defs: { list: { type: ["null", "object"], properties: { b: { $ref: "#/$defs/list" } } } }, $ref: "#/$defs/list" },
  { properties: { a: { $ref: "#" }, b: false } },
];
const values: JsonValue[] = [
  ...[null, true, 0, 1, 1.5, 2, 3, 4, -1, "", "a", "ab", "abc", "xyz", "a12", "😀😀", "😀😀😀😀"],
  ...[
    [],
    [1],
    [1, 1],
    ["a", 1],
    ["a", 1, 2],
    [1, 2.5, "x"],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [1, true],
    [[], {}],
  ],
  ...[
    {},
    { a: 1 },
    { a: "x" },
    { a: 1, b: 2 },
    { a: 1, b: [2] },
    { a: [1] },
    { b: { b: { b: 1 } } },
    { b: { b: null } },
  ],
  ...[{ ab: 1 }, { ab: 3 }, { xb: 1 }, { a: {}, c: { b: 1 } }, { a: { a: { b: 1 } } }],
];

it("judges as the standard does", () => {
  const ajv = new Ajv2020({ strict: false });
  const found: string[] = [];
  for (const schema of schemas) {
    const isValid = ajv.compile(schema);
    for (const value of values) {
      const ours = validate(schema, value).length === 0;
      if (ours !== isValid(value)) found.push(`${JSON.stringify(schema)} and ${JSON.stringify(value)}: ${ours}`);
    }
  }
  expect(found).toEqual([]);
});

describe("what is made to take forever", () => {
  const within = (schema: JsonSchema, value: JsonValue) => {
    expect(checkSchema(schema, Array.isArray(value) ? "array" : "object")).toEqual([]);
    const started = performance.now();
    const found = validate(schema, value);
    expect(performance.now() - started).toBeLessThan(10_000);
    return found;
  };
  const tooMuch = [expect.objectContaining({ at: "", expected: expect.stringMatching(/takes too long/) })];

  it("definitions that double", () => {
    const $defs: Record<string, JsonSchema> = { d0: { type: "object" } };
    for (let n = 1; n < 60; n++)
      $defs[`d${n}`] = { allOf: [{ $ref: `#/$defs/d${n - 1}` }, { $ref: `#/$defs/d${n - 1}` }] };
    expect(within({ $defs, $ref: "#/$defs/d59" }, {})).toEqual(tooMuch);
  });

  it("recursion that branches at each level of the value", () => {
    const branch = { properties: { a: { $ref: "#/$defs/tree" } } };
    const schema = { $defs: { tree: { oneOf: [branch, branch, { type: "null" }] } }, $ref: "#/$defs/tree" };
    let value: JsonValue = 1;
    for (let depth = 0; depth < 100; depth++) value = { a: value };
    expect(within(schema, value)).toEqual(tooMuch);
  });

  it("expressions that backtrack", () => {
    const schema = { items: { type: "string", pattern: "^(a|a)*(a+)+$" } };
    expect(within(schema, [`${"a".repeat(100_000)}b`])).toEqual([expect.objectContaining({ at: "0" })]);
  });

  it("lists without equal entries", () => {
    const value = Array.from({ length: 200_000 }, (_, n) => ({ n }));
    expect(within({ uniqueItems: true }, value)).toEqual([]);
  });

  it("values that are wrong everywhere", () => {
    const value = Array.from({ length: 500_000 }, () => "x");
    expect(within({ items: { type: "integer" } }, value)).toHaveLength(20);
    const object = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]));
    expect(within({ additionalProperties: false }, object)).toHaveLength(20);
  });
});

it("takes large values that are right", () => {
  const value = Array.from({ length: 500_000 }, (_, n) => ({ sku: `a${n}`, price: n + 1 }));
  expect(validate({ items: { $ref: "#/$defs/item" }, $defs: order.$defs as JsonSchema }, value)).toEqual([]);
});

it("takes no value that is nested beyond reason, with or without a schema", () => {
  let value: JsonValue = [];
  for (let depth = 0; depth < 300; depth++) value = [value];
  expect(validate(undefined, value)).toEqual([{ at: "", expected: "nested no deeper than 200 levels" }]);
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  expect(validate({ items: { $ref: "#" } }, value)).toHaveLength(1);
});
