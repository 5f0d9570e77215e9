/** The types of inputs and outputs (Ryax's). Pure. */
export const ioTypes = [
  "string",
  "longstring",
  "password",
  "enum",
  "integer",
  "float",
  "boolean",
  "file",
  "directory",
  "bytes",
  "table",
] as const;
export type IoType = (typeof ioTypes)[number];

/** An integer beyond 2^53 is a bigint, so that 64 bits survive JSON. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [key: string]: JsonValue };

/** How an input or output is declared, in metadata and in a trigger's dynamic outputs. */
export interface IoDefinition {
  name: string;
  humanName: string;
  help: string;
  type: IoType;
  optional: boolean;
  enumValues?: string[];
  /** Inputs only; already of the declared type. */
  defaultValue?: JsonValue;
}

export const fileTypes: readonly IoType[] = ["file", "directory", "table"];
export const textTypes: readonly IoType[] = ["string", "longstring", "password", "enum"];

export function isFileType(type: IoType): boolean {
  return fileTypes.includes(type);
}

export type Coerced = { ok: true; value: JsonValue } | { ok: false; expected: string };

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

/** Checks a value that came as JSON against a declared type. Files are checked where they are stored. */
export function coerceInput(definition: Pick<IoDefinition, "type" | "enumValues">, value: JsonValue): Coerced {
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

/** Reads a value that came as text: from a path, a query, a header, a cookie or a multipart field. */
export function coerceText(definition: Pick<IoDefinition, "type" | "enumValues">, text: string): Coerced {
  switch (definition.type) {
    case "integer":
      return readInteger(text);
    case "float":
      return readFloat(text);
    case "boolean": {
      const value = booleanWords.get(text.toLowerCase());
      return value === undefined ? reject("true or false") : accept(value);
    }
    default:
      return coerceInput(definition, text);
  }
}

/** Names a JSON value's type as its sender would. */
export function describeJson(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "bigint") return "a number";
  return typeof value === "boolean" ? "a boolean" : `a ${typeof value}`;
}
