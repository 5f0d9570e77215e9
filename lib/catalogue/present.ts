import type { Builtin } from "@/lib/actions";
import type { CatalogueEntry } from "./contract";

export function presentEntry({ interface: described }: Builtin): CatalogueEntry {
  return {
    id: described.id,
    version: described.version,
    kind: described.kind,
    name: described.humanName,
    description: described.description,
    type: described.type,
    categories: described.categories,
    hasLogo: described.logo !== null,
    network: described.network,
    folders: described.folders,
  };
}
