import { z } from "zod";

/** A JSON Schema as metadata, definitions and plans hold it. What may stand in it is judged by `check-schema.ts`. Pure. */
export const jsonSchemaSchema = z.record(z.string(), z.json());
export type JsonSchema = z.infer<typeof jsonSchemaSchema>;
/** A schema within a schema. */
export type Subschema = JsonSchema | boolean;

/** Where something is wrong, within a value or a schema, and what it must be. The whole of it is the empty place. */
export interface Violation {
  at: string;
  expected: string;
}

/** So many are told; who has mended them is told of the next. */
export const maxViolations = 20;

export const placeIn = (place: string, step: string | number) => (place === "" ? String(step) : `${place}.${step}`);

export const isSchemaObject = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const referencePattern = /^#\/(\$defs|definitions)\/([^/]+)$/;

/** The schema that a reference names: the whole, or one of its definitions. Undefined where it names none of them. */
export function resolveReference(root: JsonSchema, reference: string): Subschema | undefined {
  if (reference === "#") return root;
  const definition = definitionNameOf(reference);
  if (!definition) return undefined;
  const definitions = root[definition.keyword];
  if (!isSchemaObject(definitions) || !Object.hasOwn(definitions, definition.name)) return undefined;
  return definitions[definition.name] as Subschema;
}

export function definitionNameOf(reference: string): { keyword: string; name: string } | undefined {
  const [, keyword, name] = referencePattern.exec(reference) ?? [];
  return keyword && name ? { keyword, name: name.replaceAll("~1", "/").replaceAll("~0", "~") } : undefined;
}
