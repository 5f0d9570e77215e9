import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ActionInterface } from "./interface";
import { metadataFileName, readMetadata } from "./metadata";

/** A package of this repository's `actions/` folder. */
export interface Builtin {
  folder: string;
  interface: ActionInterface;
}

const builtinsFolder = resolve("actions");
let read: Promise<Builtin[]> | undefined;

async function readBuiltin(folder: string): Promise<Builtin> {
  const { interface: described, problems } = readMetadata(await readFile(join(folder, metadataFileName), "utf8"));
  if (described) return { folder, interface: described };
  throw new Error(`The built-in ${folder} is not valid: ${problems.map((problem) => problem.message).join(" ")}`);
}

async function readAll(): Promise<Builtin[]> {
  const entries = await readdir(builtinsFolder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(builtinsFolder, entry.name));
  return Promise.all(folders.sort().map(readBuiltin));
}

/** What comes with this release; read once in a process. */
export function builtins(): Promise<Builtin[]> {
  read ??= readAll();
  return read;
}
