import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type Example, exampleSchema } from "./contract";

const examplesFolder = resolve("examples");
const describedSchema = exampleSchema.omit({ id: true }).extend({ order: z.number() });

export interface StoredExample extends Example {
  folder: string;
}

async function readAll(): Promise<StoredExample[]> {
  const entries = await readdir(examplesFolder, { withFileTypes: true });
  const read = async (id: string) => {
    const folder = join(examplesFolder, id);
    const { order, ...described } = describedSchema.parse(
      JSON.parse(await readFile(join(folder, "example.json"), "utf8")),
    );
    return { order, example: { id, folder, ...described } };
  };
  const all = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => read(name)));
  return all.sort((left, right) => left.order - right.order).map(({ example }) => example);
}

let known: Promise<StoredExample[]> | undefined;

/** The folders of `examples/`; read once in a process. */
export function readExamples(): Promise<StoredExample[]> {
  known ??= readAll();
  return known;
}
