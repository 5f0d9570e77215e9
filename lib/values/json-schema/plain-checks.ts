import { isSameJson } from "../same";
import type { JsonValue } from "../types";
import type { JsonSchema } from "./document";
import { compilePattern } from "./pattern";
import type { Check, Validation } from "./validation";

/**
 * The keywords that judge a value without looking into it. An integer beyond 2^53 is a bigint, and compares with
 * numbers as it is.
 */

const typeTests: Record<string, { word: string; test: (value: JsonValue) => boolean }> = {
  null: { word: "null", test: (value) => value === null },
  boolean: { word: "true or false", test: (value) => typeof value === "boolean" },
  string: { word: "a string", test: (value) => typeof value === "string" },
  number: { word: "a number", test: (value) => typeof value === "number" || typeof value === "bigint" },
  integer: { word: "a whole number", test: (value) => typeof value === "bigint" || Number.isInteger(value) },
  array: { word: "a list", test: Array.isArray },
  object: {
    word: "an object",
    test: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
  },
};

/** Undefined for a schema that names no type. */
export function typeTest({ type }: JsonSchema): { word: string; test: (value: JsonValue) => boolean } | undefined {
  if (type === undefined) return undefined;
  const tests = (Array.isArray(type) ? type : [type]).flatMap((name) => typeTests[String(name)] ?? []);
  return {
    word: tests.map(({ word }) => word).join(" or "),
    test: (value) => tests.some(({ test }) => test(value)),
  };
}

export function valueChecks({ enum: values, const: only }: JsonSchema): Check[] {
  const checks: Check[] = [];
  if (Array.isArray(values)) {
    const word = `one of ${values.map((entry) => JSON.stringify(entry)).join(", ")}`;
    checks.push((value, validation) => {
      validation.spend(values.length);
      if (!values.some((entry) => isSameJson(entry, value))) validation.fail(word);
    });
  }
  if (only !== undefined)
    checks.push((value, validation) => {
      if (!isSameJson(only, value)) validation.fail(JSON.stringify(only));
    });
  return checks;
}

function isMultipleOf(value: number | bigint, step: number): boolean {
  if (typeof value === "bigint" && Number.isInteger(step)) return value % BigInt(step) === 0n;
  const count = Number(value) / step;
  // 0.3 is a multiple of 0.1, whatever their doubles say.
  return Math.abs(count - Math.round(count)) <= 1e-9 * Math.max(1, Math.abs(count));
}

const comparisons: [keyword: string, words: string, test: (value: number | bigint, limit: number) => boolean][] = [
  ["minimum", "at least", (value, limit) => value >= limit],
  ["maximum", "at most", (value, limit) => value <= limit],
  ["exclusiveMinimum", "more than", (value, limit) => value > limit],
  ["exclusiveMaximum", "less than", (value, limit) => value < limit],
  ["multipleOf", "a multiple of", isMultipleOf],
];

export function numberChecks(schema: JsonSchema): Check[] {
  return comparisons.flatMap(([keyword, words, test]): Check[] => {
    const limit = schema[keyword];
    if (typeof limit !== "number") return [];
    return [
      (value, validation) => {
        if ((typeof value === "number" || typeof value === "bigint") && !test(value, limit))
          validation.fail(`${words} ${limit}`);
      },
    ];
  });
}

/** Characters as people count them: an emoji is one. */
function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export function stringChecks({ minLength, maxLength, pattern }: JsonSchema): Check[] {
  const checks: Check[] = [];
  if (minLength !== undefined || maxLength !== undefined)
    checks.push((value, validation) => {
      if (typeof value !== "string") return;
      validation.spend(value.length >> 3);
      const length = lengthOf(value);
      if (typeof minLength === "number" && length < minLength)
        validation.fail(minLength === 1 ? "not empty" : `at least ${minLength} characters long`);
      if (typeof maxLength === "number" && length > maxLength) validation.fail(`at most ${maxLength} characters long`);
    });
  if (typeof pattern === "string")
    checks.push((value, validation) => {
      if (typeof value === "string" && !matches(validation, pattern, value))
        validation.fail(`a string that matches ${pattern}`);
    });
  return checks;
}

export function matches(validation: Validation, source: string, text: string): boolean {
  const pattern = compilePattern(source);
  validation.spend((text.length * pattern.size) >> 4);
  return pattern.test(text);
}
