import type { StoredInline } from "@/lib/values/stored-schema";

/** Reads JSON that a person typed. @throws Error saying what is wrong, also of numbers that a browser would round */
export function readJson(text: string): StoredInline {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
      throw new Error("A whole number beyond 2^53 cannot be given here");
    return value;
  }) as StoredInline;
}

/** What is wrong with it; null for nothing, and for an empty text. */
export function jsonProblem(text: string): string | null {
  if (text.trim() === "") return null;
  try {
    readJson(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
