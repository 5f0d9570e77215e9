import { listContentHashes } from "@/lib/actions";
import type { Transaction } from "@/lib/db";
import type { FoundPackage } from "./found";
import type { Library } from "./status";

/** What the library has of the actions that were found. */
export async function libraryOf(tx: Transaction, projectId: string, found: FoundPackage[]): Promise<Library> {
  const library: Library = new Map();
  const ids = new Set(found.flatMap(({ identity }) => (identity ? [identity.id] : [])));
  if (ids.size === 0) return library;
  for (const { actionId, version, contentHash } of await listContentHashes(tx, projectId, [...ids])) {
    const versions = library.get(actionId) ?? new Map<string, string>();
    library.set(actionId, versions.set(version, contentHash));
  }
  return library;
}
