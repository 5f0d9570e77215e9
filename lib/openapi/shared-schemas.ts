import { definitionNameOf, isSchemaObject, type JsonSchema } from "@/lib/values/json-schema/document";
import { keywords } from "@/lib/values/json-schema/keywords";
import { isSameJson } from "@/lib/values/same";
import type { JsonValue } from "@/lib/values/types";
import type { JsonObject } from "./json-schema";

/**
 * Within an OpenAPI document a reference counts from the document's top: the definitions of users' schemas become
 * components of it, once for those that are the same.
 */
export class SharedSchemas {
  private readonly taken: Map<string, JsonValue>;
  private readonly placed: { origin: JsonValue; root: JsonSchema; name: string }[] = [];

  /** @param known the document's own components */
  constructor(known: JsonObject) {
    this.taken = new Map(Object.entries(known));
  }

  /** @param title what a schema that refers to itself is named, where it has no title */
  place(schema: JsonSchema, title: string): JsonObject {
    return this.rewrite(schema, schema, typeof schema.title === "string" ? schema.title : title) as JsonObject;
  }

  components(): JsonObject {
    return Object.fromEntries(this.taken);
  }

  private rewrite(schema: JsonValue, root: JsonSchema, title: string): JsonValue {
    if (!isSchemaObject(schema)) return schema;
    const again = (entry: JsonValue) => this.rewrite(entry, root, title);
    const entries = Object.entries(schema as JsonObject).flatMap(([keyword, value]): [string, JsonValue][] => {
      switch (keywords.get(keyword)) {
        case undefined:
          return [];
        case "reference":
          return [[keyword, this.componentOf(String(value), root, title)]];
        case "schema":
          return [[keyword, again(value)]];
        case "schemas":
          return [[keyword, (value as JsonValue[]).map(again)]];
        case "named schemas":
        case "schemas by pattern":
          return [
            [
              keyword,
              Object.fromEntries(Object.entries(value as JsonObject).map(([name, entry]) => [name, again(entry)])),
            ],
          ];
        default:
          return [[keyword, value]];
      }
    });
    return Object.fromEntries(entries);
  }

  private componentOf(reference: string, root: JsonSchema, title: string): string {
    const { keyword, name } = definitionNameOf(reference) ?? {};
    const definitions = keyword === undefined ? undefined : root[keyword];
    const target = isSchemaObject(definitions) && name !== undefined ? definitions[name] : root;
    return `#/components/schemas/${this.nameOf(target as JsonValue, root, name ?? title)}`;
  }

  private nameOf(target: JsonValue, root: JsonSchema, wanted: string): string {
    const known = this.placed.find(({ origin, root: from }) => isSameJson(origin, target) && isSameJson(from, root));
    if (known) return known.name;
    const base = wanted.replace(/[^A-Za-z0-9._-]+/g, "_") || "Schema";
    let name = base;
    for (let count = 2; this.taken.has(name); count++) name = `${base}_${count}`;
    // Its place is taken first: a schema may refer to itself.
    this.taken.set(name, {});
    this.placed.push({ origin: target, root, name });
    this.taken.set(name, this.rewrite(target, root, wanted));
    return name;
  }
}
