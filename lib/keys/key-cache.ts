import { LRUCache } from "lru-cache";
import { listen } from "@/lib/db";

export interface KnownKey {
  id: string;
  name: string;
  expiresAt: Date | null;
}

interface KeyCache {
  /** By project and hash. Absent keys are not kept: an attacker's guesses must not push real ones out. */
  keys: LRUCache<string, KnownKey>;
  /** Nothing is remembered while revocations could be missed. */
  live: boolean;
  /** Raised by every forgetting: what was read before it must not be remembered after it. */
  generation: number;
}

const holder = globalThis as { millraceKeyCache?: KeyCache };

function cache(): KeyCache {
  if (!holder.millraceKeyCache) {
    const created: KeyCache = { keys: new LRUCache({ max: 10_000, ttl: 60_000 }), live: false, generation: 0 };
    holder.millraceKeyCache = created;
    listen("keys_changed", forgetKeys, () => {
      created.keys.clear();
      created.live = true;
    }).catch(() => {
      holder.millraceKeyCache = undefined;
    });
  }
  return holder.millraceKeyCache;
}

export function keyGeneration(): number {
  return cache().generation;
}

export function recallKey(projectId: string, hash: string): KnownKey | undefined {
  return cache().keys.get(`${projectId}/${hash}`);
}

/** `generation` is what `keyGeneration` said before the key was read from the database. */
export function rememberKey(projectId: string, hash: string, key: KnownKey, generation: number): void {
  const { keys, live, generation: current } = cache();
  if (live && generation === current) keys.set(`${projectId}/${hash}`, key);
}

function forgetKeys(projectId: string): void {
  const current = holder.millraceKeyCache;
  if (!current) return;
  current.generation++;
  const { keys } = current;
  for (const entry of keys.keys()) if (entry.startsWith(`${projectId}/`)) keys.delete(entry);
}
