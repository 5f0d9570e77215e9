import { LRUCache } from "lru-cache";
import { listen } from "@/lib/db";
import { findUser } from "./store";

interface VersionCache {
  versions: LRUCache<string, Promise<number>>;
  /** Nothing is remembered while changes could be missed. */
  isLive: boolean;
}

/** No session is of an account that is gone. */
const goneVersion = -1;

const holder = globalThis as { millraceSessionVersions?: VersionCache };

function cache(): VersionCache {
  if (!holder.millraceSessionVersions) {
    const created: VersionCache = { versions: new LRUCache({ max: 50_000, ttl: 60_000 }), isLive: false };
    holder.millraceSessionVersions = created;
    listen(
      "session_ended",
      (userId) => created.versions.delete(userId),
      () => {
        created.versions.clear();
        created.isLive = true;
      },
    ).catch(() => {
      holder.millraceSessionVersions = undefined;
    });
  }
  return holder.millraceSessionVersions;
}

/** What a session of this account has to carry that begins now, as the database has it. */
export async function readSessionVersion(userId: string): Promise<number> {
  return (await findUser(userId))?.sessionVersion ?? goneVersion;
}

/** Whether a session that carries this version has not been ended since, by a new password say. */
export async function isSessionCurrent(userId: string, version: number): Promise<boolean> {
  const { versions, isLive } = cache();
  const known = versions.get(userId) ?? readSessionVersion(userId);
  if (isLive) versions.set(userId, known);
  known.catch(() => versions.delete(userId));
  return (await known) === version;
}
