import { realpath, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { type GrantedFolder, overlap, parseFolders } from "@/lib/fleet/folders";

/** A folder on a server that has gone answers never. */
const patienceMs = 2_000;

/** In a sandbox, the variable that says which folders there are. */
export const foldersVariable = "MILLRACE_GRANTED_FOLDERS";

/** Where a sandbox finds its folders. */
export const foldersInside = "/folders";

export interface SandboxFolder {
  name: string;
  write: boolean;
  /** The folder on the host; null while it is not there. */
  source: string | null;
}

/** The host's path of a folder without links, or null where it is none or does not answer. */
async function placeOf(path: string): Promise<string | null> {
  const find = async () => {
    const place = await realpath(path);
    return (await stat(place)).isDirectory() ? place : null;
  };
  return Promise.race([find().catch(() => null), delay(patienceMs, null, { ref: false })]);
}

/** The folders of this machine that projects may use, as its operator says. */
export class Folders {
  private constructor(
    private readonly granted: GrantedFolder[],
    private readonly own: string[],
  ) {}

  /** @param own the platform's own folders @throws Error for what is no list of folders */
  static byEnvironment(own: string[]): Folders {
    return new Folders(parseFolders(process.env.MILLRACE_FOLDERS ?? "", own), own);
  }

  /** Those of all projects that are there now. */
  async places(): Promise<string[]> {
    const found = await Promise.all(this.granted.map(({ path }) => placeOf(path)));
    return found.filter((place) => place !== null);
  }

  /** @throws Error for a folder that a link leads to what is not to be granted */
  async of(projectId: string): Promise<SandboxFolder[]> {
    const granted = this.granted.filter(({ projects }) => projects.includes(projectId));
    return Promise.all(
      granted.map(async ({ name, path, write }) => {
        const source = await placeOf(path);
        if (source && this.own.some((place) => overlap(source, place)))
          throw new Error(`the folder ${name} leads to where Millrace keeps what is its own.`);
        return { name, write, source };
      }),
    );
  }
}

/** What a handler is told: `user` is who it is on the host, where that is not the operator. */
export function describeFolders(
  projectId: string,
  user: number | null,
  folders: SandboxFolder[],
  pathOf: (folder: SandboxFolder) => string,
): string {
  const told = folders.map((folder) => {
    const { name, write, source } = folder;
    return { name, path: pathOf(folder), write, isThere: source !== null };
  });
  return JSON.stringify({ project: projectId, user, folders: told });
}
