import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isWithin } from "@/lib/fleet/folders";
import { Cgroups } from "./cgroups";
import { Folders } from "./folders";
import { findPythons, type Interpreter } from "./interpreters";
import { Gateways } from "./network/gateways";
import { privateMountsVariable } from "./private-mounts";
import { findProgram } from "./program";

/** What this machine offers to run handlers with, before anything about its isolation is believed. */
export interface Host {
  isRoot: boolean;
  bubblewrap: string | null;
  /** Sets limits on a process before it starts; on the PATH of a sandbox as well. */
  prlimit: string | null;
  /** Null where limits are each process's own. */
  cgroups: Cgroups | null;
  gateways: Gateways;
  folders: Folders;
  pythons: Interpreter[];
  pythonReason: string | null;
  node: Interpreter;
  runnersDir: string;
  /** Where warm processes keep their inboxes. */
  stateDir: string;
  /** The path at which a sandbox's user can reach a host path. */
  reach: (path: string) => string;
}

/** Whether a user with no rights of their own gets through every folder above. */
export function isOpenToOthers(path: string): boolean {
  for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

const aliasRoots = ["/mnt", "/srv", "/media", "/opt"];

/**
 * Sandboxes of root's runnerd run as other users, who cannot pass a closed folder such as /root. Where the launcher
 * gave this process a mount namespace of its own, such places are bound to one that is open; nobody outside sees it.
 */
function bindClosedPlaces(places: string[]): Map<string, string> {
  const closed = places.filter((place) => !isOpenToOthers(place));
  const aliases = new Map<string, string>();
  if (closed.length === 0 || process.env[privateMountsVariable] !== "1") return aliases;
  const root = aliasRoots.find((folder) => existsSync(folder) && !places.some((place) => isWithin(place, folder)));
  const mount = findProgram("mount");
  if (!root || !mount) return aliases;
  execFileSync(mount, ["-t", "tmpfs", "-o", "mode=0755,size=64k", "tmpfs", root]);
  closed.forEach((place, index) => {
    const alias = join(root, String(index));
    mkdirSync(alias, { mode: 0o755 });
    execFileSync(mount, ["--rbind", place, alias]);
    aliases.set(place, alias);
  });
  return aliases;
}

export interface HostOptions {
  runnersDir: string;
  stateDir: string;
  /** Folders with packages and dependencies. */
  storeDirs: string[];
  /** The platform's own folders, of which no sandbox gets anything but by its other mounts. */
  ownDirs: string[];
}

export async function describeHost(options: HostOptions): Promise<Host> {
  const isRoot = process.getuid?.() === 0;
  const { usable, reason } = await findPythons();
  const nodePath = realpathSync(process.execPath);
  const node: Interpreter = { path: nodePath, version: process.versions.node, prefix: dirname(dirname(nodePath)) };
  const outsideUsr = [node, ...usable]
    .map((interpreter) => interpreter.prefix)
    .filter((prefix) => !isWithin(prefix, "/usr"));
  for (const folder of [options.stateDir, ...options.storeDirs]) mkdirSync(folder, { recursive: true });
  const folders = Folders.byEnvironment(options.ownDirs);
  const given = [options.runnersDir, options.stateDir, ...options.storeDirs, ...(await folders.places())];
  const places = [...new Set([...given, ...outsideUsr])];
  const aliases = isRoot && process.platform === "linux" ? bindClosedPlaces(places) : new Map<string, string>();
  const reachable = usable.filter(({ prefix }) => !isRoot || aliases.has(prefix) || isOpenToOthers(prefix));
  const closedReason = usable[0]
    ? `Python ${usable[0].version} at ${usable[0].path} is in a folder that sandboxes cannot enter.`
    : null;
  return {
    isRoot,
    bubblewrap: process.env.MILLRACE_SANDBOX_LEVEL?.match(/^L[01]$/) ? null : findProgram("bwrap"),
    prlimit: findProgram("prlimit"),
    cgroups: Cgroups.find(),
    gateways: new Gateways(),
    folders,
    pythons: reachable,
    pythonReason: reachable.length > 0 ? null : (reason ?? closedReason),
    node,
    runnersDir: options.runnersDir,
    stateDir: options.stateDir,
    reach(path) {
      for (const [place, alias] of aliases) if (isWithin(path, place)) return alias + path.slice(place.length);
      return path;
    },
  };
}
