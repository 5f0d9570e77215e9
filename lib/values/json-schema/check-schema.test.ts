import { expect, it } from "vitest";
import { checkSchema } from "./check-schema";

const nested = (depth: number): object => (depth === 0 ? {} : { items: nested(depth - 1) });

it.each<[what: string, schema: unknown, at: string, expected: RegExp]>([
  ["no object", [], "", /JSON Schema/],
  ["another type", { type: "array" }, "type", /object/],
  ["a slip of the pen", { properties: { a: { minimun: 1 } } }, "properties.a.minimun", /left out/],
  ["OpenAPI 3.0's null", { properties: { a: { nullable: true } } }, "properties.a.nullable", /list with null/],
  ["an unknown type", { properties: { a: { type: "file" } } }, "properties.a.type", /one of null/],
  ["a limit that is none", { properties: { a: { minLength: -1 } } }, "properties.a.minLength", /whole number/],
  ["a list that is none", { required: "a" }, "required", /list of names/],
  ["a schema that is none", { properties: { a: 1 } }, "properties.a", /a schema/],
  [
    "a far reference",
    { properties: { a: { $ref: "https://example.com/a.json" } } },
    "properties.a.\\$ref",
    /elsewhere/,
  ],
  ["a file's reference", { properties: { a: { $ref: "file:///etc/passwd" } } }, "properties.a.\\$ref", /elsewhere/],
  ["a reference to nothing", { properties: { a: { $ref: "#/$defs/b" } } }, "properties.a.\\$ref", /definition/],
  ["a reference to no schema", { properties: { a: { $ref: "#/properties/a" } } }, "properties.a.\\$ref", /definition/],
  [
    "an inherited name",
    { properties: { a: { $ref: "#/$defs/constructor" } }, $defs: {} },
    "properties.a.\\$ref",
    /defi/,
  ],
  ["an address", { $id: "https://example.com" }, "\\$id", /no addresses/],
  ["definitions within", { properties: { a: { $defs: {} } } }, "properties.a.\\$defs", /at the top/],
  ["an endless reference", { $ref: "#" }, "\\$ref", /leads back/],
  [
    "an endless circle",
    { $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }] }, b: { $ref: "#/$defs/a" } } },
    ".*",
    /leads back/,
  ],
  ["looking ahead", { properties: { a: { pattern: "(?=a)b" } } }, "properties.a.pattern", /RE2/],
  ["a back-reference", { patternProperties: { "(a)\\1": {} } }, "patternProperties.*", /RE2/],
  ["too many repetitions", { properties: { a: { pattern: "(a{900}){900}" } } }, "properties.a.pattern", /RE2/],
  ["a large expression", { properties: { a: { pattern: "(\\pL{999}){2,3}" } } }, "properties.a.pattern", /RE2/],
  ["a long expression", { properties: { a: { pattern: "a".repeat(501) } } }, "properties.a.pattern", /500/],
  ["a deep schema", { properties: { a: nested(100) } }, "", /no deeper/],
  ["a large schema", { description: "x".repeat(65 * 1024) }, "", /64 KiB/],
  ["another dialect", { $schema: "http://json-schema.org/draft-04/schema#" }, "\\$schema", /2020-12/],
])("refuses %s", (_what, schema, at, expected) => {
  expect(checkSchema(schema, "object")).toEqual([
    { at: expect.stringMatching(`^${at}$`), expected: expect.stringMatching(expected) },
  ]);
});

it("takes what tools print", () => {
  // As Pydantic prints it.
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $defs: {
      Item: { properties: { sku: { title: "Sku", type: "string" } }, required: ["sku"], title: "Item", type: "object" },
    },
    properties: {
      items: { items: { $ref: "#/$defs/Item" }, title: "Items", type: "array" },
      parent: { anyOf: [{ $ref: "#" }, { type: "null" }], default: null },
      at: { type: "string", format: "date-time", examples: ["2026-01-01T00:00:00Z"] },
      enum: { enum: ["a"], description: "A property may be named as a keyword is." },
    },
    required: ["items"],
    title: "Order",
    type: "object",
  };
  expect(checkSchema(schema, "object")).toEqual([]);
});
