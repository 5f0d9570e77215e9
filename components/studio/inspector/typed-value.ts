import { readJson } from "@/components/ui/read-json";
import type { StoredInline } from "@/lib/values/stored-schema";
import { type IoDefinition, isStructured, type JsonValue } from "@/lib/values/types";
import type { InputSource } from "@/lib/workflows/definition/schema";

/** What a person types for an input's fixed value, and how a fixed value is shown to be typed over. Pure. */

const wholePattern = /^[+-]?\d{1,15}$/;
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Emptied, an input has no value. What is not a number is kept as it was typed: the check says so at the field, and
 * nothing is lost.
 */
export function readTyped(type: IoDefinition["type"], text: string): InputSource | null {
  if (text === "") return null;
  const trimmed = text.trim();
  if (type === "integer" && wholePattern.test(trimmed)) return { static: Number(trimmed) };
  if (type === "float" && numberPattern.test(trimmed)) return { static: Number(trimmed) };
  return isStructured(type) ? { static: readStructure(text) } : { static: text };
}

function readStructure(text: string): StoredInline {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

export function typedText(source: InputSource | undefined): string {
  if (!source || !("static" in source)) return "";
  const value = source.static as JsonValue;
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Number and text are the same while `1.` is on its way to `1.5`. */
export function isTextOf(type: IoDefinition["type"], text: string, source: InputSource | undefined): boolean {
  return typedText(readTyped(type, text) ?? undefined) === typedText(source);
}
