import type { CatalogueEntry } from "@/lib/catalogue/contract";

/** Entries with every word of the search somewhere in them; those with all of them in their name come first. Pure. */
export function searchCatalogue(entries: CatalogueEntry[], search: string): CatalogueEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const named = entries.filter((entry) => has(`${entry.name} ${entry.id}`));
  const described = entries.filter((entry) =>
    has([entry.name, entry.id, entry.description, ...entry.categories].join(" ")),
  );
  return [...named, ...described.filter((entry) => !named.includes(entry))];
}
