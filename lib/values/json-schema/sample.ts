import type { JsonValue } from "../types";
import { isSchemaObject, type JsonSchema, resolveReference } from "./document";

const maxDepth = 6;

/** A value that shows a schema's form: what its author gives as an example, else one made up. Pure. */
export function sampleOf(schema: JsonSchema | undefined, type: "object" | "array"): JsonValue {
  const sample = schema && sampleFor(schema, schema, 0);
  const isRight = type === "array" ? Array.isArray(sample) : isSchemaObject(sample);
  return isRight && sample !== undefined ? sample : type === "array" ? [] : {};
}

function sampleFor(schema: unknown, root: JsonSchema, depth: number): JsonValue {
  if (!isSchemaObject(schema) || depth > maxDepth) return null;
  const { examples, enum: values } = schema;
  if (Array.isArray(examples) && examples.length > 0) return examples[0] as JsonValue;
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(values) && values.length > 0) return values[0] as JsonValue;
  if (typeof schema.$ref === "string") return sampleFor(resolveReference(root, schema.$ref), root, depth + 1);
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const others = schema[keyword];
    if (Array.isArray(others) && schema.properties === undefined) return sampleFor(others[0], root, depth + 1);
  }
  return ofType(schema, root, depth);
}

function ofType(schema: JsonSchema, root: JsonSchema, depth: number): JsonValue {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type ?? (schema.properties ? "object" : schema.items || schema.prefixItems ? "array" : "")) {
    case "string":
      return "text";
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return true;
    case "array": {
      const first = Array.isArray(schema.prefixItems) ? schema.prefixItems : schema.items ? [schema.items] : [];
      return first.map((entry) => sampleFor(entry, root, depth + 1));
    }
    case "object": {
      const properties = isSchemaObject(schema.properties) ? Object.entries(schema.properties) : [];
      const required = Array.isArray(schema.required) ? schema.required : [];
      const shown = required.length > 0 ? properties.filter(([name]) => required.includes(name)) : properties;
      return Object.fromEntries(shown.map(([name, entry]) => [name, sampleFor(entry, root, depth + 1)]));
    }
    default:
      return null;
  }
}
