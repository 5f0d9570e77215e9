import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export interface ListedFile {
  /** Relative to the folder, with forward slashes. */
  path: string;
  absolutePath: string;
  size: number;
  executable: boolean;
}

/** What a working copy holds besides its content. */
const ignoredNames = new Set([".git", "__pycache__", "node_modules", ".DS_Store", ".venv"]);

/** The regular files of a folder, sorted by path; links are left out, and what has one of the names to ignore. */
export async function listFiles(
  folder: string,
  prefix = "",
  ignored: ReadonlySet<string> = ignoredNames,
): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (ignored.has(entry.name)) continue;
    const absolutePath = join(folder, entry.name);
    const path = prefix + entry.name;
    if (entry.isDirectory()) files.push(...(await listFiles(absolutePath, `${path}/`, ignored)));
    else if (entry.isFile()) {
      const { size, mode } = await stat(absolutePath);
      files.push({ path, absolutePath, size, executable: (mode & 0o111) !== 0 });
    }
  }
  return files.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** sha256 over names, modes and contents: the same files have the same digest wherever they lie. */
export async function hashFiles(files: ListedFile[]): Promise<string> {
  const total = createHash("sha256");
  for (const file of files) {
    const content = createHash("sha256");
    for await (const chunk of createReadStream(file.absolutePath)) content.update(chunk as Buffer);
    total.update(`${file.path}\0${file.executable ? "x" : "-"}\0${content.digest("hex")}\n`);
  }
  return total.digest("hex");
}
