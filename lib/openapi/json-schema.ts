import { z } from "zod";
import type { JsonValue } from "@/lib/values/types";

/** A piece of a document that is only printed. Integers beyond 2^53 are bigints, as everywhere. */
export type JsonObject = { [key: string]: JsonValue };

/** What is sent to an operation, or what it answers: defaults and conversions make the two differ. */
export type Direction = "input" | "output";

const componentOf = (name: string) => `#/components/schemas/${name}`;
const anonymousDefinition = /^#\/\$defs\/__schema\d+$/;

/** Prints zod schemas as JSON Schema; those with a name are printed once, as components of the document. */
export class SchemaPrinter {
  private readonly names: Record<Direction, z.core.$ZodRegistry<{ id: string }>> = {
    input: z.registry<{ id: string }>(),
    output: z.registry<{ id: string }>(),
  };
  private readonly printed = new Map<string, JsonObject>();

  constructor(named: ReadonlyMap<string, z.ZodType>) {
    for (const [name, schema] of named) {
      this.names.output.add(schema, { id: name });
      this.names.input.add(schema, { id: `${name}Input` });
    }
  }

  print(schema: z.ZodType, direction: Direction): JsonObject {
    const {
      $schema: _unused,
      $defs,
      ...rest
    } = z.toJSONSchema(schema, {
      io: direction,
      metadata: this.names[direction],
      override: ({ zodSchema, jsonSchema }) => {
        // What a conversion accepts cannot be seen from outside: its author says it with `meta`.
        if (direction === "input") Object.assign(jsonSchema, z.globalRegistry.get(zodSchema));
        // Every date that is answered is of its format; the pattern would only fill pages.
        else if (jsonSchema.format) delete jsonSchema.pattern;
        makePortable(jsonSchema);
      },
    });
    for (const [name, definition] of Object.entries($defs ?? {})) {
      if (!name.startsWith("__schema")) this.printed.set(name, placed(definition as JsonObject));
    }
    return placed(rest as JsonObject);
  }

  /** The named schemas that have been needed so far. */
  components(): JsonObject {
    return Object.fromEntries([...this.printed].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}

/** Says nothing that only JavaScript reads, and no default that generators of clients cannot write down. */
function makePortable(schema: z.core.JSONSchema.BaseSchema): void {
  // Of a text with two patterns each stands in a part of its own.
  for (const part of schema.allOf ?? []) makePortable(part);
  if (schema.pattern) schema.pattern = schema.pattern.replaceAll("\\p{Cc}", "\\u0000-\\u001f\\u007f-\\u009f");
  const { default: value } = schema;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) delete schema.default;
}

/** Bytes as they are. JSON Schema's own word is `contentMediaType`; generators and older tools look for the format. */
export const bytesOf = (mediaType: string): JsonObject => ({
  type: "string",
  format: "binary",
  contentMediaType: mediaType,
});

/** Points references at the document's components. The one schema without a name that refers to itself is any JSON. */
function placed<T extends JsonValue>(value: T): T;
function placed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((entry) => placed(entry));
  if (value === null || typeof value !== "object") return value;
  const { $ref: reference } = value;
  if (typeof reference === "string") {
    if (anonymousDefinition.test(reference)) return {};
    return { ...value, $ref: componentOf(reference.replace("#/$defs/", "")) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, placed(entry)]));
}

/** Beside these, a type that takes null would still not let it through. */
const nullRefusing = ["$ref", "const", "allOf", "anyOf", "oneOf", "not", "if"];

/** The same, or null. */
export function nullable(schema: JsonObject): JsonObject {
  if (nullRefusing.some((keyword) => keyword in schema)) return { anyOf: [schema, { type: "null" }] };
  const { type, enum: values } = schema;
  return {
    ...schema,
    ...(type !== undefined && { type: [...(Array.isArray(type) ? type : [type]), "null"] }),
    ...(Array.isArray(values) && { enum: [...values, null] }),
  };
}
