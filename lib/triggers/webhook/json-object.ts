import type { JsonValue } from "@/lib/values/types";

export type JsonObject = { [key: string]: JsonValue };

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at a place: a key of the object, else a way through it such as `repository.full_name`. */
export function valueAt(object: JsonObject | null, place: string): JsonValue | undefined {
  if (!object) return undefined;
  if (Object.hasOwn(object, place)) return object[place];
  let value: JsonValue | undefined = object;
  for (const part of place.split(".")) {
    if (Array.isArray(value) && /^\d+$/.test(part)) value = value[Number(part)];
    else if (isJsonObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}
