import { messageOf } from "@/lib/errors";
import { type IoType, isStructured } from "../types";
import { isSchemaObject, type JsonSchema, placeIn, resolveReference, type Violation } from "./document";
import { inPlaceKeywords, type KeywordForm, keywords, rootKeywords } from "./keywords";
import { compilePattern } from "./pattern";

export const maxSchemaBytes = 64 * 1024;
const maxSchemaDepth = 32;

const typeNames = ["null", "boolean", "object", "array", "number", "string", "integer"];
const dialects = ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"];

/** The same for an input or output, which may have no schema. */
export function checkDeclaredSchema({ type, schema }: { type: IoType; schema?: unknown }): Violation[] {
  if (schema === undefined) return [];
  return isStructured(type)
    ? checkSchema(schema, type)
    : [{ at: "", expected: "left out: it is for objects and arrays" }];
}

/** What is wrong with a schema, each with its place in it: it is a stranger's, and read before any value is. Pure. */
export function checkSchema(schema: unknown, type: "object" | "array"): Violation[] {
  if (!isSchemaObject(schema)) return [{ at: "", expected: "a JSON Schema: an object" }];
  if (isDeeper(schema, maxSchemaDepth)) return [{ at: "", expected: `nested no deeper than ${maxSchemaDepth} levels` }];
  if (new TextEncoder().encode(JSON.stringify(schema)).length > maxSchemaBytes)
    return [{ at: "", expected: `at most ${maxSchemaBytes >> 10} KiB` }];
  if (schema.type !== undefined && schema.type !== type) return [{ at: "type", expected: `${type}, as the type says` }];
  if (schema.$schema !== undefined && !dialects.includes(String(schema.$schema)))
    return [{ at: "$schema", expected: `left out, or ${dialects[0]}` }];
  const check = new SchemaCheck(schema);
  check.schema(schema, "", true);
  if (check.found.length === 0) check.endlessReferences();
  return check.found;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((entry) => isDeeper(entry, levels - 1));
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

class SchemaCheck {
  readonly found: Violation[] = [];

  constructor(private readonly root: JsonSchema) {}

  private want(isRight: boolean, at: string, expected: string): void {
    if (!isRight) this.found.push({ at, expected });
  }

  schema(schema: unknown, at: string, isRoot = false): void {
    if (typeof schema === "boolean") return;
    if (!isSchemaObject(schema)) return this.want(false, at, "a schema: an object, true or false");
    for (const [keyword, value] of Object.entries(schema)) {
      const place = placeIn(at, keyword);
      const form = keywords.get(keyword) ?? (isRoot ? rootKeywords.get(keyword) : undefined);
      if (form) this.keyword(form, value, place);
      else this.want(false, place, `left out: ${whyNot(keyword)}`);
    }
  }

  private keyword(form: KeywordForm, value: unknown, at: string): void {
    switch (form) {
      case "schema":
        return this.schema(value, at);
      case "schemas":
        if (!Array.isArray(value) || value.length === 0) return this.want(false, at, "a list of schemas");
        for (const [index, entry] of value.entries()) this.schema(entry, placeIn(at, index));
        return;
      case "named schemas":
      case "schemas by pattern":
        if (!isSchemaObject(value)) return this.want(false, at, "an object of schemas");
        for (const [name, entry] of Object.entries(value)) {
          if (form === "schemas by pattern") this.pattern(name, placeIn(at, name));
          this.schema(entry, placeIn(at, name));
        }
        return;
      case "types": {
        const names = Array.isArray(value) ? value : [value];
        return this.want(
          names.length > 0 && names.every((name) => typeNames.includes(String(name))),
          at,
          `one of ${typeNames.join(", ")}, or a list of them`,
        );
      }
      case "values":
        return this.want(Array.isArray(value) && value.length > 0, at, "a list of values");
      case "number":
        return this.want(typeof value === "number" && Number.isFinite(value), at, "a number");
      case "positive number":
        return this.want(typeof value === "number" && value > 0, at, "a number above 0");
      case "count":
        return this.want(Number.isSafeInteger(value) && Number(value) >= 0, at, "a whole number of at least 0");
      case "flag":
        return this.want(typeof value === "boolean", at, "true or false");
      case "text":
        return this.want(isText(value), at, "a string");
      case "names":
        return this.want(isTexts(value), at, "a list of names");
      case "names by name":
        return this.want(
          isSchemaObject(value) && Object.values(value).every(isTexts),
          at,
          "an object of lists of names",
        );
      case "pattern":
        return this.pattern(value, at);
      case "reference":
        return this.want(
          isText(value) && resolveReference(this.root, value) !== undefined,
          at,
          "#, or #/$defs/… naming a definition of this schema: nothing is loaded from elsewhere",
        );
      case "anything":
        return;
    }
  }

  private pattern(value: unknown, at: string): void {
    if (!isText(value)) return this.want(false, at, "a regular expression");
    try {
      compilePattern(value);
    } catch (error) {
      this.want(
        false,
        at,
        `a regular expression as RE2 knows them, without looking ahead or back: ${messageOf(error)}`,
      );
    }
  }

  /** References may lead back to a schema by way of a part of the value, but not with the value as it is. */
  endlessReferences(): void {
    const state = new Map<unknown, "open" | "done">();
    const follow = (schema: unknown): boolean => {
      if (!isSchemaObject(schema) || state.get(schema) === "done") return false;
      if (state.get(schema) === "open") return true;
      state.set(schema, "open");
      const next = inPlaceKeywords.flatMap((keyword) => schema[keyword] ?? []);
      const target = isText(schema.$ref) ? resolveReference(this.root, schema.$ref) : undefined;
      const isEndless = follow(target) || next.some(follow);
      state.set(schema, "done");
      return isEndless;
    };
    const visit = (schema: unknown, at: string): void => {
      if (typeof schema !== "object" || schema === null || this.found.length > 0) return;
      if (follow(schema)) return this.want(false, placeIn(at, "$ref"), "to another schema: it leads back to itself");
      for (const [key, entry] of Object.entries(schema)) visit(entry, placeIn(at, key));
    };
    visit(this.root, "");
  }
}

function whyNot(keyword: string): string {
  if (rootKeywords.has(keyword)) return "it may stand at the top only";
  const others = new Map([
    ["$id", "schemas have no addresses here"],
    ["$anchor", "use $defs"],
    ["nullable", "write type as a list with null"],
    ["unevaluatedProperties", "use additionalProperties"],
  ]);
  return others.get(keyword) ?? "it is no keyword that is known here";
}
