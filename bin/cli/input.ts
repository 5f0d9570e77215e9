import { readFileSync } from "node:fs";
import { parseJson } from "@/lib/values/json";
import type { JsonValue } from "@/lib/values/types";
import { UsageError } from "./context";

export function readStdin(): string {
  return readFileSync(0, "utf8");
}

/** `-` is stdin, `@FILE` a file's content, anything else itself. */
export function readText(value: string): string {
  if (value === "-") return readStdin();
  if (!value.startsWith("@")) return value;
  try {
    return readFileSync(value.slice(1), "utf8");
  } catch {
    throw new UsageError(`The file ${value.slice(1)} cannot be read.`);
  }
}

/** A JSON object given on the command line. @throws UsageError */
export function readJsonObject(value: string): Record<string, JsonValue> {
  let parsed: JsonValue;
  try {
    parsed = parseJson(readText(value));
  } catch (cause) {
    throw new UsageError(`--input is not JSON: ${(cause as Error).message}`);
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed))
    throw new UsageError("--input must be a JSON object.");
  return parsed;
}
