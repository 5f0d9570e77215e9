import { hashToken } from "@/lib/crypto/tokens";
import { inProject } from "@/lib/db";
import { logger } from "@/lib/logger";
import { type KnownKey, keyGeneration, recallKey, rememberKey } from "./key-cache";
import { findKeyByHash, markKeyUsed } from "./store";

const lastUseNotedMs = 60_000;
const useNotedAt = new Map<string, number>();

function noteUse(projectId: string, keyId: string): void {
  const now = Date.now();
  if (now - (useNotedAt.get(keyId) ?? 0) < lastUseNotedMs) return;
  useNotedAt.set(keyId, now);
  inProject(projectId, (tx) => markKeyUsed(tx, projectId, keyId)).catch((error) => {
    logger.warn({ err: error }, "could not note a key's use");
  });
}

const isUsable = (key: KnownKey) => key.expiresAt === null || key.expiresAt.getTime() > Date.now();

/** The project's key with this secret, or undefined when it is unknown, expired or revoked. */
export async function verifyKey(projectId: string, secret: string): Promise<KnownKey | undefined> {
  const hash = hashToken(secret);
  let key = recallKey(projectId, hash);
  if (!key) {
    const generation = keyGeneration();
    const row = await inProject(projectId, (tx) => findKeyByHash(tx, projectId, hash));
    if (!row || row.revokedAt) return undefined;
    key = { id: row.id, name: row.name, expiresAt: row.expiresAt };
    rememberKey(projectId, hash, key, generation);
  }
  if (!isUsable(key)) return undefined;
  noteUse(projectId, key.id);
  return key;
}
