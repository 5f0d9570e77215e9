import type { JsonValue } from "../types";
import { describeAlternatives } from "./alternatives";
import { isSchemaObject, type JsonSchema, resolveReference, type Violation } from "./document";
import { numberChecks, stringChecks, typeTest, valueChecks } from "./plain-checks";
import { arrayChecks, objectChecks } from "./structure-checks";
import type { Check, Validation } from "./validation";

const compiled = new WeakMap<JsonSchema, Check>();

/** Makes a schema into closures over its keywords. No code is made of what strangers wrote. */
export function compileSchema(schema: JsonSchema): Check {
  const known = compiled.get(schema);
  if (known) return known;
  const check = new Compiler(schema).compile(schema);
  compiled.set(schema, check);
  return check;
}

class Compiler {
  /** Each schema once: references meet again, and may lead back to where they stand. */
  private readonly known = new Map<unknown, Check>();

  constructor(private readonly root: JsonSchema) {}

  compile = (schema: unknown): Check => {
    const known = this.known.get(schema);
    if (known) return known;
    let inner: Check | undefined;
    const check: Check = (value, validation) => {
      inner ??= this.make(schema);
      validation.enter(inner, value);
    };
    if (typeof schema === "object") this.known.set(schema, check);
    return check;
  };

  private make(schema: unknown): Check {
    if (schema === false) return (_value, validation) => validation.fail("left out");
    if (!isSchemaObject(schema)) return () => {};
    const type = typeTest(schema);
    const checks = [
      ...valueChecks(schema),
      ...numberChecks(schema),
      ...stringChecks(schema),
      ...arrayChecks(schema, this.compile),
      ...objectChecks(schema, this.compile),
      ...this.combined(schema),
    ];
    return (value, validation) => {
      // What else is wrong with a value of another kind is of no use to anybody.
      if (type && !type.test(value)) return validation.fail(type.word);
      for (const check of checks) check(value, validation);
    };
  }

  private combined(schema: JsonSchema): Check[] {
    const listOf = (keyword: string) => {
      const list = schema[keyword];
      return Array.isArray(list) ? list.map(this.compile) : [];
    };
    const checks = listOf("allOf");
    if (typeof schema.$ref === "string") checks.push(this.compile(resolveReference(this.root, schema.$ref)));
    const anyOf = listOf("anyOf");
    if (anyOf.length > 0) checks.push((value, validation) => this.alternatives(anyOf, value, validation, false));
    const oneOf = listOf("oneOf");
    if (oneOf.length > 0) checks.push((value, validation) => this.alternatives(oneOf, value, validation, true));
    if (schema.not !== undefined) {
      const not = this.compile(schema.not);
      checks.push((value, validation) => {
        if (validation.attempt(not, value).length === 0) validation.fail("something else");
      });
    }
    if (schema.if !== undefined) {
      const [test, yes, no] = [schema.if, schema.then ?? true, schema.else ?? true].map(this.compile) as [
        Check,
        Check,
        Check,
      ];
      checks.push((value, validation) => (validation.attempt(test, value).length === 0 ? yes : no)(value, validation));
    }
    return checks;
  }

  private alternatives(checks: Check[], value: JsonValue, validation: Validation, isExclusive: boolean): void {
    const refusals: Violation[][] = [];
    let fitting = 0;
    for (const check of checks) {
      const found = validation.attempt(check, value);
      if (found.length > 0) refusals.push(found);
      else if (++fitting === 1 && !isExclusive) return;
    }
    if (fitting === 0) validation.found.push(...describeAlternatives(refusals, validation.place));
    if (fitting > 1) validation.fail(`one of its ${checks.length} forms and no other`);
  }
}
