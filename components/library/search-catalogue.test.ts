import { expect, it } from "vitest";
import type { CatalogueEntry } from "@/lib/catalogue/contract";
import { searchCatalogue } from "./search-catalogue";

const entry = (id: string, name: string, description: string): CatalogueEntry => ({
  id,
  version: "1.0",
  kind: "action",
  name,
  description,
  type: "python3",
  categories: ["Data"],
  hasLogo: true,
  network: { policy: "off", hosts: [] },
  folders: false,
});
const entries = [
  entry("excel-read", "Excel read", "Reads the rows of a sheet"),
  entry("csv-to-json", "CSV to JSON", "Reads rows, as Excel writes them"),
  entry("sleep", "Sleep", "Waits"),
];
const found = (search: string) => searchCatalogue(entries, search).map(({ id }) => id);

it("finds by each word wherever it stands, with names first", () => {
  expect(found("EXCEL")).toEqual(["excel-read", "csv-to-json"]);
  expect(found("json")).toEqual(["csv-to-json"]);
  expect(found("rows data")).toEqual(["excel-read", "csv-to-json"]);
  expect(found("excel sleep")).toEqual([]);
  expect(found(" ")).toHaveLength(3);
});
