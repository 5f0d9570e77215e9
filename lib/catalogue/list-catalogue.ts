import { offeredBuiltins } from "@/lib/actions";
import { userUseCase } from "@/lib/auth";
import type { CatalogueEntry } from "./contract";
import { presentEntry } from "./present";

export const listCatalogue = userUseCase(async (): Promise<{ items: CatalogueEntry[] }> => {
  const items = (await offeredBuiltins()).map(presentEntry);
  return { items: items.sort((left, right) => left.name.localeCompare(right.name, "en")) };
});
