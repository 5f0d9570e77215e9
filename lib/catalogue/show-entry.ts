import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { userUseCase } from "@/lib/auth";
import { type CatalogueEntryDetail, type CatalogueExample, catalogueExampleSchema } from "./contract";
import { findEntry } from "./find-entry";
import { presentEntry } from "./present";

async function exampleOf(folder: string): Promise<CatalogueExample | null> {
  const text = await readFile(join(folder, "example.json"), "utf8").catch(() => null);
  return text === null ? null : catalogueExampleSchema.parse(JSON.parse(text));
}

export const showCatalogueEntry = userUseCase(async (_, input: { id: string }): Promise<CatalogueEntryDetail> => {
  const entry = await findEntry(input.id);
  const { inputs, outputs } = entry.interface;
  return { ...presentEntry(entry), inputs, outputs, example: await exampleOf(entry.folder) };
});
