import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ActionInterface } from "./interface";
import { metadataFileName, readMetadata } from "./metadata";

/** A package of this repository's `actions/` folder. */
export interface Builtin {
  folder: string;
  interface: ActionInterface;
}

interface Unread {
  folder: string;
  metadata: string;
}

const builtinsFolder = resolve("actions");

function parse({ folder, metadata }: Unread): Builtin {
  const { interface: described, problems } = readMetadata(metadata);
  if (described) return { folder, interface: described };
  throw new Error(`The built-in ${folder} is not valid: ${problems.map((problem) => problem.message).join(" ")}`);
}

async function readFolders(): Promise<Unread[]> {
  const entries = await readdir(builtinsFolder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(builtinsFolder, entry.name));
  const read = async (folder: string) => ({ folder, metadata: await readFile(join(folder, metadataFileName), "utf8") });
  return Promise.all(folders.sort().map(read));
}

/** Told by its text: to parse all of them takes longer than the first answer of a new process should. */
const isServedHere = ({ metadata }: Unread) => /^\s+type: internal$/m.test(metadata);

let served: Promise<Builtin[]> | undefined;
let offered: Promise<Builtin[]> | undefined;

/** What Millrace serves itself, and each project has from the start; read once in a process. */
export function servedBuiltins(): Promise<Builtin[]> {
  served ??= readFolders().then((all) => all.filter(isServedHere).map(parse));
  return served;
}

/** The packages that a project may add; read once in a process. */
export function offeredBuiltins(): Promise<Builtin[]> {
  offered ??= readFolders().then((all) => all.filter((one) => !isServedHere(one)).map(parse));
  return offered;
}
