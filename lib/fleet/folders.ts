import { isAbsolute, resolve, sep } from "node:path";

/** Folders of the machine that its operator lets projects use: `MILLRACE_FOLDERS`. */

export interface GrantedFolder {
  /** What its projects call it. */
  name: string;
  path: string;
  /** Ids. */
  projects: string[];
  /** Whether it may be written to as well. */
  write: boolean;
}

const form = "NAME=/PATH:PROJECT[,PROJECT…][:rw], separated by semicolons";
const entryForm = /^([a-z0-9][a-z0-9._-]{0,31})=([^:;]+):([a-z0-9]+(?:,[a-z0-9]+)*)(:rw)?$/;
/** What there is of the kernel's in them is nobody's to give away. */
const refusedPlaces = ["/proc", "/sys", "/dev", "/run"];

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether one of them has the other in it. */
export function overlap(path: string, other: string): boolean {
  return isWithin(path, other) || isWithin(other, path);
}

function parseEntry(text: string): GrantedFolder {
  const [, name = "", path = "", projects = "", write] = entryForm.exec(text) ?? [];
  if (!name) throw new Error(`“${text}” must be ${form}.`);
  if (!isAbsolute(path)) throw new Error(`“${name}” must have an absolute path, not ${path}.`);
  return { name, path: resolve(path), projects: projects.split(","), write: write !== undefined };
}

/** Who may write to a folder may put a link where another one begins. */
function checkApart(folders: GrantedFolder[]): void {
  for (const folder of folders) {
    const outer = folders.find(
      (other) => other.write && other.path !== folder.path && isWithin(folder.path, other.path),
    );
    if (outer) throw new Error(`“${folder.name}” must not lie in “${outer.name}”, which may be written to.`);
  }
}

/**
 * `incoming=/srv/incoming:k3x9a2b4c6:rw;scans=/mnt/scans:k3x9a2b4c6,p0o9i8u7y6`
 * @param own the platform's own folders, of which nothing may be granted
 * @throws Error naming the entry and what it must be
 */
export function parseFolders(text: string, own: string[] = []): GrantedFolder[] {
  const entries = text.split(";").map((entry) => entry.trim());
  const folders = entries.filter(Boolean).map(parseEntry);
  const seen = new Set<string>();
  for (const { name, path, projects } of folders) {
    if ([...own.map((place) => resolve(place)), ...refusedPlaces].some((place) => overlap(path, place)))
      throw new Error(
        `“${name}” must be a folder of its own: ${path} has in it, or is part of, what is Millrace's or the system's.`,
      );
    for (const project of projects) {
      if (seen.has(`${project} ${name}`)) throw new Error(`“${name}” is there twice for the project ${project}.`);
      seen.add(`${project} ${name}`);
    }
  }
  checkApart(folders);
  return folders;
}
