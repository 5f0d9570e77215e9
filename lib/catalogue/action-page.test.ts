import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import type { UserContext } from "@/lib/auth";
import { printActionIndex, printActionPage } from "./action-page";
import type { CatalogueEntryDetail } from "./contract";
import { listCatalogue } from "./list-catalogue";
import { showCatalogueEntry } from "./show-entry";

const folder = resolve("docs/actions");
const ctx: UserContext = { requestId: "", address: "", actor: { kind: "user", userId: "reader" } };
const { items } = await listCatalogue(ctx, undefined);
const entries: CatalogueEntryDetail[] = await Promise.all(items.map(({ id }) => showCatalogueEntry(ctx, { id })));

// `npm run docs:actions` writes the pages.
it.each(entries.map((entry) => [entry.id, entry] as const))(
  "the page of %s is what its metadata says",
  async (id, entry) => {
    await expect(printActionPage(entry)).toMatchFileSnapshot(resolve(folder, `${id}.md`));
  },
);

it("the index has them all, and there are no pages of what is gone", async () => {
  await expect(printActionIndex(entries)).toMatchFileSnapshot(resolve(folder, "README.md"));
  const named = ["README.md", ...entries.map(({ id }) => `${id}.md`)];
  expect(readdirSync(folder).filter((name) => !named.includes(name))).toEqual([]);
});

it("every entry has a logo, a description and an example", () => {
  const lacking = entries.filter((entry) => !entry.hasLogo || !entry.description || !entry.example);
  expect(lacking.map((entry) => entry.id)).toEqual([]);
});

it("keeps a table's cells together", () => {
  const io = { name: "a", humanName: "A", help: "one | two\n<b>", type: "string" as const, optional: true };
  const page = printActionPage({ ...(entries[0] as CatalogueEntryDetail), inputs: [io] });
  expect(page).toContain("| `a` | string | none | one \\| two \\<b> |");
});
