import { expect, it } from "vitest";
import type { CatalogueEntry } from "@/lib/catalogue/contract";
import { catalogueSections } from "./catalogue-sections";

const entry = (id: string, ...categories: string[]): CatalogueEntry => ({
  id,
  name: id,
  version: "1.0",
  kind: "action",
  description: "",
  type: "python3",
  categories,
  hasLogo: true,
  network: { policy: "off", hosts: [] },
  folders: false,
});
const entries = [entry("zip", "Files"), entry("csv", "Data", "Files"), entry("odd"), entry("mail", "Messages")];
const told = (owned: string[], search = "") =>
  catalogueSections(entries, new Set(owned), search).map(({ category, entries: found }) => [
    category,
    found.map(({ id }) => id).join(),
  ]);

it("offers what the project has not got, by category", () => {
  expect(told(["mail"])).toEqual([
    ["Data", "csv"],
    ["Files", "zip"],
    ["Other", "odd"],
  ]);
});

it("offers what a search finds, by any of its categories", () => {
  expect(told([], "files")).toEqual([
    ["Data", "csv"],
    ["Files", "zip"],
  ]);
});
