import type { JsonValue } from "../types";
import { isSchemaObject, type JsonSchema } from "./document";
import { matches } from "./plain-checks";
import type { Check, Validation } from "./validation";

/** The keywords that look into lists and objects. */

type Compile = (schema: unknown) => Check;

export function arrayChecks(schema: JsonSchema, compile: Compile): Check[] {
  const { minItems, maxItems } = schema;
  const first = (Array.isArray(schema.prefixItems) ? schema.prefixItems : []).map(compile);
  const others = schema.items === undefined ? undefined : compile(schema.items);
  const checks: Check[] = [];
  if (typeof minItems === "number" || typeof maxItems === "number")
    checks.push((value, validation) => {
      if (!Array.isArray(value)) return;
      if (typeof minItems === "number" && value.length < minItems) validation.fail(`a list of at least ${minItems}`);
      if (typeof maxItems === "number" && value.length > maxItems) validation.fail(`a list of at most ${maxItems}`);
    });
  if (schema.uniqueItems === true)
    checks.push((value, validation) => {
      if (Array.isArray(value) && hasEqualItems(validation, value)) validation.fail("a list without equal entries");
    });
  if (first.length > 0 || others)
    checks.push((value, validation) => {
      if (!Array.isArray(value)) return;
      for (let index = 0; index < value.length && !validation.isFull; index++) {
        const own = first[index] ?? others;
        if (own) validation.within(index, own, value[index] as JsonValue);
      }
    });
  return checks;
}

function hasEqualItems(validation: Validation, value: JsonValue[]): boolean {
  const seen = new Set<string>();
  return value.some((entry) => {
    const text = canonical(entry);
    validation.spend(1 + (text.length >> 3));
    if (seen.has(text)) return true;
    seen.add(text);
    return false;
  });
}

/** The same text for values that mean the same. */
function canonical(value: JsonValue): string {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`;
}

const isObject = (value: JsonValue): value is Record<string, JsonValue> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

export function objectChecks(schema: JsonSchema, compile: Compile): Check[] {
  return [...nameChecks(schema), ...propertyChecks(schema, compile)];
}

function nameChecks({ required, dependentRequired, minProperties, maxProperties }: JsonSchema): Check[] {
  const always = (Array.isArray(required) ? required : []).map(String);
  const dependent = isSchemaObject(dependentRequired) ? Object.entries(dependentRequired) : [];
  const checks: Check[] = [];
  if (always.length > 0 || dependent.length > 0)
    checks.push((value, validation) => {
      if (!isObject(value)) return;
      validation.spend(always.length + dependent.length);
      const wanted = new Set(always);
      for (const [name, others] of dependent)
        if (Object.hasOwn(value, name)) for (const other of others as string[]) wanted.add(other);
      for (const name of wanted) if (!Object.hasOwn(value, name)) validation.fail("given", name);
    });
  if (typeof minProperties === "number" || typeof maxProperties === "number")
    checks.push((value, validation) => {
      if (!isObject(value)) return;
      const count = Object.keys(value).length;
      validation.spend(count >> 2);
      if (typeof minProperties === "number" && count < minProperties)
        validation.fail(`an object of at least ${minProperties} properties`);
      if (typeof maxProperties === "number" && count > maxProperties)
        validation.fail(`an object of at most ${maxProperties} properties`);
    });
  return checks;
}

function propertyChecks(schema: JsonSchema, compile: Compile): Check[] {
  const compileEach = (schemas: unknown) =>
    Object.entries(isSchemaObject(schemas) ? schemas : {}).map(([name, entry]) => [name, compile(entry)] as const);
  const known = new Map(compileEach(schema.properties));
  const byPattern = compileEach(schema.patternProperties);
  const others = schema.additionalProperties === undefined ? undefined : compile(schema.additionalProperties);
  const names = schema.propertyNames === undefined ? undefined : compile(schema.propertyNames);
  if (known.size === 0 && byPattern.length === 0 && !others && !names) return [];
  return [
    (value, validation) => {
      if (!isObject(value)) return;
      for (const name of Object.keys(value)) {
        if (validation.isFull) return;
        validation.spend(1);
        const own = known.get(name);
        const entry = value[name] as JsonValue;
        let isKnown = own !== undefined;
        if (own) validation.within(name, own, entry);
        for (const [pattern, check] of byPattern) {
          if (!matches(validation, pattern, name)) continue;
          isKnown = true;
          validation.within(name, check, entry);
        }
        if (!isKnown && others) validation.within(name, others, entry);
        if (names && validation.attempt(names, name).length > 0)
          validation.fail("left out: its name is not allowed", name);
      }
    },
  ];
}
