import { hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

type Purpose =
  | "values"
  | "temporal-payloads"
  | "result-links"
  | "sessions"
  | "database-role"
  | "run-ids"
  | "event-digests"
  | "source-credentials"
  | "service-passes";

const derived = new Map<Purpose, Buffer>();

/** A 32-byte key for one purpose, derived from MILLRACE_SECRET (HKDF, RFC 5869), so that no two uses share a key. */
export function keyFor(purpose: Purpose): Buffer {
  let key = derived.get(purpose);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", env().MILLRACE_SECRET, "millrace", purpose, 32));
    derived.set(purpose, key);
  }
  return key;
}
