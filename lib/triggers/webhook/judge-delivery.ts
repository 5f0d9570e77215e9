import type { JsonValue } from "@/lib/values/types";
import { type JsonObject, valueAt } from "./json-object";
import type { WebhookMapping } from "./mapping";

/** Whether a delivery is one that a ready webhook's author wants. Pure. */

/** What an author wants of one of the package's filters: at least one of the patterns, in which `*` is any text. */
export interface DeliveryFilter {
  /** As people read it. */
  name: string;
  at: string[];
  without: string[];
  patterns: string[];
}

const headerPrefix = "header:";

/** What stands at the first of the places that is not empty. */
export function valueAtPlaces(places: string[], headers: Headers, json: JsonObject | null): JsonValue | undefined {
  for (const place of places) {
    const value = place.startsWith(headerPrefix) ? headers.get(place.slice(headerPrefix.length)) : valueAt(json, place);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

/** Numbers and booleans are compared as they are written; what has parts is like nothing. */
function textOf(value: JsonValue | undefined): string | null {
  return value === undefined || value === null || typeof value === "object" ? null : String(value);
}

export function patternsOf(text: string): string[] {
  return text
    .split(",")
    .map((pattern) => pattern.trim())
    .filter(Boolean);
}

/** Without a regular expression: strangers send the text, and one with many `*` would take for ever to not match. */
function isLike(text: string, pattern: string): boolean {
  const [first = "", ...others] = pattern.toLowerCase().split("*");
  const whole = text.toLowerCase();
  const last = others.pop();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first) || !whole.endsWith(last)) return false;
  const end = whole.length - last.length;
  let at = first.length;
  for (const part of others) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

function withoutPrefix(text: string, prefixes: string[]): string {
  const prefix = prefixes.find((one) => text.startsWith(one));
  return prefix ? text.slice(prefix.length) : text;
}

const list = (values: string[]) => values.join(", ");

/** Why a delivery starts nothing; null where it is wanted. What has no value for a filter passes it. */
export function reasonToIgnore(
  mapping: Pick<WebhookMapping, "only"> & { filters: DeliveryFilter[] },
  headers: Headers,
  json: JsonObject | null,
): string | null {
  for (const { at, is, optional } of mapping.only) {
    const text = textOf(valueAtPlaces(at, headers, json));
    if (text === null ? optional : is.includes(text)) continue;
    return `It is ${text ?? "something else"}, and only ${list(is)} is taken.`;
  }
  for (const { name, at, without, patterns } of mapping.filters) {
    const text = textOf(valueAtPlaces(at, headers, json));
    if (text === null || patterns.length === 0) continue;
    const short = withoutPrefix(text, without);
    if (!patterns.some((pattern) => isLike(short, pattern) || isLike(text, pattern)))
      return `${name}: ${short} is not among ${list(patterns)}.`;
  }
  return null;
}

/** What tells one event from others by its own parts; null where they are not all there. */
export function identityAt(places: string[], headers: Headers, json: JsonObject | null): string | null {
  const parts = places.map((place) => textOf(valueAtPlaces([place], headers, json)));
  return parts.length === 0 || parts.includes(null) ? null : parts.join("/");
}
