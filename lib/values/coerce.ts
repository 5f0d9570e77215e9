import type { Issue } from "@/lib/errors";
import { parseJson } from "./json";
import { placeIn, type Violation } from "./json-schema/document";
import { validate } from "./json-schema/validate";
import type { IoDefinition, JsonValue } from "./types";

/** Checks values against declared types. Pure. */

/** `inside`: each place within a structured value that is wrong; `expected` tells of the first. */
export type Refused = { ok: false; expected: string; inside?: Violation[] };
export type Coerced = { ok: true; value: JsonValue } | Refused;
/** What a value is checked against. */
export type Declared = Pick<IoDefinition, "type" | "enumValues" | "schema">;

const accept = (value: JsonValue): Coerced => ({ ok: true, value });
const reject = (expected: string): Coerced => ({ ok: false, expected });

const minInteger = -(2n ** 63n);
const maxInteger = 2n ** 63n - 1n;

function asInteger(value: number | bigint): Coerced {
  if (typeof value === "number" && !Number.isInteger(value)) return reject("a whole number");
  const exact = BigInt(value);
  if (exact < minInteger || exact > maxInteger) return reject("a whole number of at most 64 bits");
  return accept(Number.isSafeInteger(Number(exact)) ? Number(exact) : exact);
}

function asFloat(value: JsonValue): Coerced {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? accept(number) : reject("a finite number");
}

function asEnum(value: string, enumValues: string[] | undefined): Coerced {
  if (!enumValues?.length || enumValues.includes(value)) return accept(value);
  return reject(`one of ${enumValues.map((entry) => JSON.stringify(entry)).join(", ")}`);
}

/** Whole base64 in one expression is too deep for the engine from some megabytes on, so the length is judged apart. */
const isBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

function asStructured({ type, schema }: Declared, value: JsonValue): Coerced {
  const isArray = Array.isArray(value);
  if (type === "array" && !isArray) return reject("a list");
  if (type === "object" && (isArray || value === null || typeof value !== "object")) return reject("an object");
  const inside = validate(schema, value);
  const [first] = inside;
  if (!first) return accept(value);
  return { ok: false, expected: first.at ? `${first.expected} at ${first.at}` : first.expected, inside };
}

/** A problem for each place of a value that is wrong. */
export function issuesOf(path: string, { expected, inside }: Refused): Issue[] {
  if (!inside) return [{ path, message: `must be ${expected}` }];
  return inside.map((violation) => ({
    path: violation.at ? placeIn(path, violation.at) : path,
    message: `must be ${violation.expected}`,
  }));
}

/** Checks a value that came as JSON against a declared type. Files are checked where they are stored. */
export function coerceInput(definition: Declared, value: JsonValue): Coerced {
  switch (definition.type) {
    case "string":
    case "longstring":
    case "password":
      return typeof value === "string" ? accept(value) : reject("a string");
    case "enum":
      return typeof value === "string" ? asEnum(value, definition.enumValues) : reject("a string");
    case "integer":
      return typeof value === "number" || typeof value === "bigint" ? asInteger(value) : reject("a whole number");
    case "float":
      return asFloat(value);
    case "boolean":
      return typeof value === "boolean" ? accept(value) : reject("true or false");
    case "bytes":
      return typeof value === "string" && isBase64(value) ? accept(value) : reject("a base64 string");
    case "file":
    case "directory":
    case "table":
      return reject(definition.type === "directory" ? "an uploaded zip" : "an uploaded file");
    case "object":
    case "array":
      return asStructured(definition, value);
  }
}

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const integerPattern = /^[+-]?\d{1,30}$/;

/** Digits go by themselves, since 64 bits do not survive as a number; `1.0` and `1e3` are whole numbers as in JSON. */
function readInteger(text: string): Coerced {
  if (integerPattern.test(text)) return asInteger(BigInt(text));
  const value = numberPattern.test(text) ? Number(text) : Number.NaN;
  return asInteger(value);
}

function readFloat(text: string): Coerced {
  return asFloat(numberPattern.test(text) ? Number(text) : Number.NaN);
}

const booleanWords = new Map([
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
]);

function readJson(definition: Declared, text: string): Coerced {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch {
    return reject(definition.type === "array" ? "a list, written as JSON" : "an object, written as JSON");
  }
  return coerceInput(definition, value);
}

/** Reads a value that came as text: from a path, a query, a header, a cookie or a multipart field. */
export function coerceText(definition: Declared, text: string): Coerced {
  switch (definition.type) {
    case "integer":
      return readInteger(text);
    case "float":
      return readFloat(text);
    case "boolean": {
      const value = booleanWords.get(text.toLowerCase());
      return value === undefined ? reject("true or false") : accept(value);
    }
    case "object":
    case "array":
      return readJson(definition, text);
    default:
      return coerceInput(definition, text);
  }
}
