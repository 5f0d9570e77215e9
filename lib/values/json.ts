import { isSafeNumber, parse, stringify } from "lossless-json";
import type { JsonValue } from "./types";

const longDigits = /\d{16}/;
const integerText = /^-?\d+$/;

function parseNumber(text: string): number | bigint {
  return integerText.test(text) && !isSafeNumber(text) ? BigInt(text) : Number(text);
}

/**
 * JSON.parse that keeps integers beyond 2^53 as bigint. The slow path is taken only where a long run of digits stands.
 * @throws SyntaxError
 */
export function parseJson(text: string): JsonValue {
  if (!longDigits.test(text)) return JSON.parse(text) as JsonValue;
  // A key that stands twice has its last value, as JSON.parse has it.
  return parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }) as JsonValue;
}

export function hasBigint(value: JsonValue): boolean {
  if (typeof value === "bigint") return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some((entry) => hasBigint(entry as JsonValue));
}

export function stringifyJson(value: JsonValue, space?: number): string {
  return hasBigint(value) ? (stringify(value, null, space) as string) : JSON.stringify(value, null, space);
}
