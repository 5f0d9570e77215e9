import { expect, it } from "vitest";
import type { JsonValue } from "../types";
import type { JsonSchema } from "./document";
import { sampleOf } from "./sample";
import { validate } from "./validate";

it.each<[JsonSchema | undefined, "object" | "array", JsonValue]>([
  [undefined, "object", {}],
  [undefined, "array", []],
  [{ examples: [{ a: 1 }] }, "object", { a: 1 }],
  [{ examples: ["not one"] }, "object", {}],
  [{ properties: { a: { type: "string" }, b: { type: "integer", minimum: 5 } } }, "object", { a: "text", b: 5 }],
  [{ properties: { a: { const: 3 }, b: {} }, required: ["a"] }, "object", { a: 3 }],
  [{ items: { $ref: "#/$defs/x" }, $defs: { x: { enum: ["one", "two"] } } }, "array", ["one"]],
  [{ prefixItems: [{ type: "boolean" }, { type: ["number", "null"] }] }, "array", [true, 1]],
])("%j: %j", (schema, type, sample) => {
  expect(sampleOf(schema, type)).toEqual(sample);
  expect(validate(schema, sample).filter(() => schema?.examples === undefined)).toEqual([]);
});

it("ends where a schema refers to itself", () => {
  expect(sampleOf({ properties: { next: { $ref: "#" } } }, "object")).toMatchObject({ next: { next: {} } });
});
