import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const controllers = ["memory", "pids", "cpu"] as const;
/** A folder for each controller; under cgroup v2 it is one and the same. */
export type Folders = Record<(typeof controllers)[number], string>;

export interface Place {
  version: 1 | 2;
  folders: Folders;
}

export function eachFolder(folders: Folders, change: (folder: string) => string): Folders {
  return { memory: change(folders.memory), pids: change(folders.pids), cpu: change(folders.cpu) };
}

export function distinct(folders: Folders): string[] {
  return [...new Set(Object.values(folders))];
}

export function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}

interface Mount {
  root: string;
  folder: string;
  type: string;
  options: string[];
}

function cgroupMounts(): Mount[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [left = "", right = ""] = line.split(" - ");
      const [, , , root = "", folder = ""] = left.split(" ");
      const [type = "", , options = ""] = right.split(" ");
      return type === "cgroup" || type === "cgroup2" ? [{ root, folder, type, options: options.split(",") }] : [];
    });
}

/** This process's own group of a controller, as a path within its hierarchy. */
function ownGroup(controller: string | null): string {
  for (const line of readFileSync("/proc/self/cgroup", "utf8").split("\n")) {
    const [id, names = "", path = "/"] = line.split(":");
    if (controller === null ? id === "0" && names === "" : names.split(",").includes(controller)) return path;
  }
  return "/";
}

function ownFolder(mount: Mount, group: string): string {
  const within = mount.root !== "/" && group.startsWith(mount.root) ? group.slice(mount.root.length) : group;
  return join(mount.folder, within);
}

/** Where groups may be made: below this process's own group, so that its limits hold for them too; else at the top. */
function candidates(): Place[] {
  const mounts = cgroupMounts();
  const unified = mounts.find(({ type }) => type === "cgroup2");
  const places: Place[] = [];
  const byController = controllers.map((name) =>
    mounts.find(({ type, options }) => type === "cgroup" && options.includes(name)),
  );
  const [memory, pids, cpu] = byController;
  if (memory && pids && cpu) {
    const mountOf = { memory, pids, cpu };
    const own = (name: keyof Folders) => ownFolder(mountOf[name], ownGroup(name));
    places.push({ version: 1, folders: { memory: own("memory"), pids: own("pids"), cpu: own("cpu") } });
    places.push({ version: 1, folders: { memory: memory.folder, pids: pids.folder, cpu: cpu.folder } });
  } else if (unified) {
    for (const folder of [ownFolder(unified, ownGroup(null)), unified.folder])
      places.push({ version: 2, folders: { memory: folder, pids: folder, cpu: folder } });
  }
  return places;
}

const ownName = /^millrace-(\d+)-/;

/** Groups of runnerds that were killed before they could remove them. */
function removeAbandoned(place: Place): void {
  for (const folder of distinct(place.folders)) {
    for (const name of readdirSync(folder)) {
      const pid = ownName.exec(name)?.[1];
      if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
      const abandoned = join(folder, name);
      for (const child of readdirSync(abandoned, { withFileTypes: true }))
        if (child.isDirectory()) removeFolder(join(abandoned, child.name));
      removeFolder(abandoned);
    }
  }
}

/** Makes a group there that can hold groups with limits. @throws where that is not allowed */
function claim(place: Place): Place {
  const name = `millrace-${process.pid}-${Date.now().toString(36)}`;
  const folders = eachFolder(place.folders, (folder) => join(folder, name));
  try {
    for (const folder of distinct(folders)) mkdirSync(folder);
    if (place.version === 2) writeFileSync(join(folders.memory, "cgroup.subtree_control"), "+memory +pids +cpu");
    return { version: place.version, folders };
  } catch (error) {
    for (const folder of distinct(folders)) removeFolder(folder);
    throw error;
  }
}

/** A place of this process's own for groups with limits on memory, processes and processor; null where there is none. */
export function claimPlace(): Place | null {
  for (const place of candidates()) {
    try {
      removeAbandoned(place);
      return claim(place);
    } catch {
      // Not allowed there, or a controller that is not handed down.
    }
  }
  return null;
}
