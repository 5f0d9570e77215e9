import { expect, it } from "vitest";
import type { JsonSchema } from "@/lib/values/json-schema/document";
import { nullable } from "./json-schema";
import { SharedSchemas } from "./shared-schemas";

const order: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  properties: { item: { $ref: "#/$defs/Item" }, enum: { $ref: "#/$defs/Item" }, parent: { $ref: "#" } },
  examples: [{ item: { $ref: "#/$defs/Item" } }],
  $defs: { Item: { type: "object", properties: { other: { $ref: "#/$defs/Item" } } } },
};

it("turns definitions into components, whose references count from the document's top", () => {
  const shared = new SharedSchemas({ ErrorsModel: {} });
  const placed = shared.place(order, "order");
  const item = { $ref: "#/components/schemas/Item" };
  const inPlace = {
    type: "object",
    properties: { item, enum: item, parent: { $ref: "#/components/schemas/order" } },
    // Data, not a reference.
    examples: [{ item: { $ref: "#/$defs/Item" } }],
  };
  expect(placed).toEqual(inPlace);
  expect(shared.components()).toEqual({
    ErrorsModel: {},
    Item: { type: "object", properties: { other: item } },
    order: inPlace,
  });
});

it("names the same once, and others apart, those of the document included", () => {
  const shared = new SharedSchemas({ ErrorsModel: {} });
  const named = (name: string, type: string): JsonSchema => ({
    items: { $ref: `#/$defs/${name}` },
    $defs: { [name]: { type } },
  });
  const references = [
    named("Item", "string"),
    named("Item", "string"),
    named("Item", "number"),
    named("ErrorsModel", "null"),
  ];
  expect(references.map((schema) => shared.place(schema, "x").items)).toEqual(
    ["Item", "Item", "Item_2", "ErrorsModel_2"].map((name) => ({ $ref: `#/components/schemas/${name}` })),
  );
});

it("lets null through whatever a schema is made of", () => {
  expect(nullable({ type: "object", enum: [{}] })).toEqual({ type: ["object", "null"], enum: [{}, null] });
  for (const keyword of ["$ref", "const", "allOf", "anyOf", "not"]) {
    const schema = { type: "object", [keyword]: "x" };
    expect(nullable(schema)).toEqual({ anyOf: [schema, { type: "null" }] });
  }
});
