import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const usualFolders = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"];

/** Absolute path of a program on the PATH or in one of the usual folders. */
export function findProgram(name: string): string | null {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...usualFolders]) {
    const path = join(folder, name);
    if (folder && existsSync(path)) return path;
  }
  return null;
}
