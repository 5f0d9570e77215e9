import type { JsonSchema } from "./json-schema/document";

/** The types of inputs and outputs: Ryax's, and two of ours for values that have a structure. Pure. */
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
  "object",
  "array",
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
  /** Of an `object` or `array`: what must be true of its values. */
  schema?: JsonSchema;
  /** Inputs only; already of the declared type. */
  defaultValue?: JsonValue;
}

export const fileTypes: readonly IoType[] = ["file", "directory", "table"];
export const textTypes: readonly IoType[] = ["string", "longstring", "password", "enum"];

export function isFileType(type: IoType): boolean {
  return fileTypes.includes(type);
}

export function isStructured(type: IoType): type is "object" | "array" {
  return type === "object" || type === "array";
}

/** `an integer`, `a string`: a type as a sentence has it. */
export function withArticle(type: IoType): string {
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/** Names a JSON value's type as its sender would. */
export function describeJson(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "bigint") return "a number";
  return typeof value === "boolean" ? "a boolean" : `a ${typeof value}`;
}
