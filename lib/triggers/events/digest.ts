import { createHmac } from "node:crypto";
import { keyFor } from "@/lib/crypto/keys";
import { isStoredFile, loadJsonText, type StoredValue, type StoredValues } from "@/lib/values";

/** A blob is its content already; sealed values differ each time that they are sealed. */
async function textOf(projectId: string, stored: StoredValue): Promise<string> {
  if (isStoredFile(stored)) return `${stored.kind} ${stored.blob} ${stored.name}`;
  if ("kind" in stored && stored.kind === "json") return `json ${stored.blob}`;
  return `value ${await loadJsonText(projectId, stored)}`;
}

/** Tells what came with an event from what else could have; keyed, since secrets may be among it. */
export async function digestOf(projectId: string, input: StoredValues): Promise<string> {
  const digest = createHmac("sha256", keyFor("event-digests"));
  for (const name of Object.keys(input).sort()) {
    const stored = input[name];
    if (stored) digest.update(JSON.stringify([name, await textOf(projectId, stored)]));
  }
  return digest.digest("base64url");
}
