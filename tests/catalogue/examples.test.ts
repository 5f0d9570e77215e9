import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { catalogueExampleSchema } from "@/lib/catalogue/contract";
import { CatalogueProject } from "../support/catalogue";

const folder = resolve("actions");
const metadataOf = (id: string) => readFileSync(join(folder, id, "ryax_metadata.yaml"), "utf8");
const packages = readdirSync(folder).filter((id) => !/^\s*type: internal$/m.test(metadataOf(id)));
const exampleOf = (id: string) =>
  catalogueExampleSchema.parse(JSON.parse(readFileSync(join(folder, id, "example.json"), "utf8")));

/** What needs a server or a folder is run with one, in a test of its own. */
const needsServer = packages.filter((id) => /^\s*(network|folders): on$/m.test(metadataOf(id)));
const alone = packages.filter((id) => !needsServer.includes(id));

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with(...packages);
}, 300_000);

const isFile = (value: unknown): value is { file?: string; directory?: string; text?: string } =>
  typeof value === "object" && value !== null;

describe("the example of", () => {
  it.concurrent.each(alone)(
    "%s gives what it says",
    async (id) => {
      const { inputs, outputs } = exampleOf(id);
      const given = await catalogue.outputsOf(id, inputs);
      for (const [name, expected] of Object.entries(outputs)) {
        if (!isFile(expected)) {
          expect(given[name], name).toEqual(expected);
          continue;
        }
        const { text, ...stored } = expected;
        expect(given[name], name).toMatchObject(stored);
        if (text !== undefined) expect(await catalogue.textOf(given[name])).toBe(text);
      }
    },
    60_000,
  );

  it.each(needsServer)("%s fits its inputs and outputs", (id) => {
    const { inputs, outputs } = exampleOf(id);
    const declared = [...metadataOf(id).matchAll(/^\s+- name: (\w+)$/gm)].map(([, name]) => name);
    expect(declared).toEqual(expect.arrayContaining([...Object.keys(inputs), ...Object.keys(outputs)]));
  });
});
