import { searchCatalogue } from "@/components/library/search-catalogue";
import type { CatalogueEntry } from "@/lib/catalogue/contract";

export interface CatalogueSection {
  category: string;
  entries: CatalogueEntry[];
}

/** What of the catalogue the project has not got yet, by the first category that each names. Pure. */
export function catalogueSections(
  entries: CatalogueEntry[],
  owned: ReadonlySet<string>,
  search: string,
): CatalogueSection[] {
  const sections = new Map<string, CatalogueEntry[]>();
  for (const entry of searchCatalogue(entries, search)) {
    if (owned.has(entry.id)) continue;
    const [category = "Other"] = entry.categories;
    sections.set(category, [...(sections.get(category) ?? []), entry]);
  }
  return [...sections]
    .map(([category, found]) => ({ category, entries: found }))
    .sort((left, right) => left.category.localeCompare(right.category));
}
