import {
  isSecret,
  isStoredFile,
  type JsonValue,
  parseJson,
  type StoredInline,
  type StoredValue,
  type StoredValues,
} from "@/lib/values";

import { hiddenSecret } from "./shown";

/** Where a stored blob of a run can be fetched. */
export function valueUrl(projectId: string, runId: string, blob: string): string {
  return `/api/v1/projects/${projectId}/runs/${runId}/values/${blob}`;
}

type Shown = StoredInline;

/** Screens read plain JSON, which would round them. */
function withIntegersAsText(value: JsonValue): Shown {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withIntegersAsText);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withIntegersAsText(entry)]));
}

/** A value for people: secrets hidden, files and large values as links. */
export function showValue(projectId: string, runId: string, stored: StoredValue): Shown {
  if (isSecret(stored)) return hiddenSecret;
  if ("value" in stored) return stored.value;
  if ("integer" in stored) return stored.integer;
  if ("json" in stored) return withIntegersAsText(parseJson(stored.json));
  if (isStoredFile(stored)) {
    const { kind, name, size } = stored;
    return { [kind]: name, size, url: valueUrl(projectId, runId, stored.blob) };
  }
  if ("blob" in stored) return { large: stored.size, url: valueUrl(projectId, runId, stored.blob) };
  return hiddenSecret;
}

export function showValues(projectId: string, runId: string, values: StoredValues): Record<string, Shown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, stored]) => [name, showValue(projectId, runId, stored)]),
  );
}
