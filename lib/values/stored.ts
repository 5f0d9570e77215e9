import { blobStore, readBlob } from "@/lib/blobs";
import { open, seal } from "@/lib/crypto/cipher";
import { keyFor } from "@/lib/crypto/keys";
import { hasBigint, parseJson, stringifyJson } from "./json";
import type { StoredFile, StoredInline, StoredValue } from "./stored-schema";
import type { JsonValue } from "./types";

/** Values up to this many bytes of JSON stay in the row; larger ones become blobs. */
export const inlineBytes = 32 * 1024;
/** The largest value that is not a file. */
export const maxValueBytes = 64 * 1024 * 1024;

export const storedNull: StoredValue = { value: null };

export function isStoredFile(stored: StoredValue): stored is StoredFile {
  return "kind" in stored && (stored.kind === "file" || stored.kind === "directory");
}

export function isSecret(stored: StoredValue): boolean {
  return "secret" in stored || ("kind" in stored && stored.kind === "sealed");
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

/** Writes a value down; `secret` seals it so that rows, payloads and logs hold no clear text. */
export async function storeValue(projectId: string, value: JsonValue, secret = false): Promise<StoredValue> {
  if (!secret) {
    if (typeof value === "bigint") return { integer: value.toString() };
    if (value === null || typeof value === "boolean" || typeof value === "number") return { value };
  }
  const bytes = Buffer.from(stringifyJson(value));
  if (secret) {
    const sealed = seal(keyFor("values"), bytes);
    if (bytes.length <= inlineBytes) return { secret: sealed.toString("base64") };
    const { sha256, size } = await blobStore().put(projectId, once(sealed), maxValueBytes + 64, "value");
    return { kind: "sealed", blob: sha256, size };
  }
  if (bytes.length <= inlineBytes)
    return hasBigint(value) ? { json: bytes.toString() } : { value: value as StoredInline };
  const { sha256, size } = await blobStore().put(projectId, once(bytes), maxValueBytes, "value");
  return { kind: "json", blob: sha256, size };
}

/** Reads a value back; files have no JSON value and are refused. */
export async function loadValue(projectId: string, stored: StoredValue): Promise<JsonValue> {
  if ("value" in stored) return stored.value as JsonValue;
  return parseJson(await loadJsonText(projectId, stored));
}

/** The value's JSON text, without parsing what may be 64 MiB. */
export async function loadJsonText(projectId: string, stored: StoredValue): Promise<string> {
  if ("value" in stored) return JSON.stringify(stored.value);
  if ("integer" in stored) return stored.integer;
  if ("json" in stored) return stored.json;
  if ("secret" in stored) return open(keyFor("values"), Buffer.from(stored.secret, "base64")).toString();
  const bytes = await readBlob(projectId, stored.blob);
  if (stored.kind === "json") return bytes.toString();
  if (stored.kind === "sealed") return open(keyFor("values"), bytes).toString();
  throw new Error(`A ${stored.kind} has no JSON value.`);
}
