import type { FoundPackage } from "./found";

/**
 * What importing a package would do: bring in an action that the library lacks (`new`), another version of one that it
 * has (`changed`), nothing (`unchanged`). `taken` and `invalid` cannot be imported: the first has other content than the
 * version of its name. Pure.
 */
export const packageStatuses = ["new", "changed", "unchanged", "taken", "invalid"] as const;
export type PackageStatus = (typeof packageStatuses)[number];

export function isImportable(status: PackageStatus): boolean {
  return status === "new" || status === "changed";
}

/** The content's digest by version, by action id. */
export type Library = Map<string, Map<string, string>>;

export function statusOf({ identity, blob, hash }: FoundPackage, library: Library): PackageStatus {
  if (!identity || blob === null) return "invalid";
  const versions = library.get(identity.id);
  const taken = versions?.get(identity.version);
  if (taken !== undefined) return taken === hash ? "unchanged" : "taken";
  return versions ? "changed" : "new";
}
