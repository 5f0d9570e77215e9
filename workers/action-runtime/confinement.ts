import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isWithin } from "@/lib/fleet/folders";
import type { SandboxFolder } from "./folders";
import type { Host } from "./host";
import type { LaunchSpec } from "./launch";
import { certificates, systemFiles } from "./sandbox-arguments";
import { isFilterable, seccompProgram } from "./seccomp";

/** Of linux/landlock.h; making devices and sockets is nobody's. */
const right = {
  execute: 1 << 0,
  writeFile: 1 << 1,
  readFile: 1 << 2,
  readDir: 1 << 3,
  removeDir: 1 << 4,
  removeFile: 1 << 5,
  makeDir: 1 << 7,
  makeFile: 1 << 8,
  makeFifo: 1 << 10,
  makeLink: 1 << 12,
  /** Moving and linking from one folder to another, as far as nothing gains rights by it. */
  refer: 1 << 13,
  truncate: 1 << 14,
};

const look = right.readFile | right.readDir;
const run = look | right.execute;
const change =
  right.writeFile |
  right.removeDir |
  right.removeFile |
  right.makeDir |
  right.makeFile |
  right.makeFifo |
  right.makeLink |
  right.refer |
  right.truncate;

const devices: Record<string, number> = {
  "/dev/null": right.readFile | right.writeFile,
  "/dev/zero": right.readFile | right.writeFile,
  "/dev/full": right.readFile | right.writeFile,
  "/dev/random": right.readFile,
  "/dev/urandom": right.readFile,
};

/** What is the same on most machines, and libraries open where they see that it is there. */
const tables = ["hosts", "nsswitch.conf", "host.conf", "gai.conf", "services", "protocols", "mime.types"].map(
  (name) => `/etc/${name}`,
);

/** Where programs and libraries are; on most systems links into the first. */
const programs = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"];

/** What an interpreter needs of its prefix, which may be somebody's home. */
const interpreterFolders = ["bin", "lib", "lib64", "ssl"];

type Rule = [path: string, rights: number];

function systemRules(): Rule[] {
  const places = programs.filter(
    (path) => path === "/usr" || (existsSync(path) && !isWithin(realpathSync(path), "/usr")),
  );
  return [
    ...places.map((path): Rule => [path, run]),
    ...[...systemFiles, ...certificates, ...tables].map((path): Rule => [path, look]),
    ...Object.entries(devices),
  ];
}

export interface ConfinementPlan {
  spec: LaunchSpec;
  /** Scratch folders. */
  writable: string[];
  folders: SandboxFolder[];
  /** Whether its user is nobody else's. */
  ownUser: boolean;
  /** Where it shall listen for its gateway, or null. */
  listenerPath: string | null;
}

function rulesOf(host: Host, { spec, writable, folders }: ConfinementPlan): Rule[] {
  const { interpreter, packageDir, depsDir, processDir } = spec;
  const own: Rule[] = [
    [interpreter.path, run],
    ...interpreterFolders.map((name): Rule => [join(interpreter.prefix, name), run]),
    [packageDir, run],
    ...(depsDir ? ([[depsDir, run]] as Rule[]) : []),
    [host.runnersDir, look],
    [join(processDir, "inbox"), look],
    ...writable.map((path): Rule => [path, run | change]),
    ...folders.flatMap(({ source, write }): Rule[] => (source ? [[source, write ? look | change : look]] : [])),
  ];
  return [...systemRules(), ...own.map(([path, rights]): Rule => [host.reach(path), rights])];
}

/** What `runners/python/confine.py` is told on its descriptor 4. */
export function confinement(host: Host, plan: ConfinementPlan): string {
  const { ownUser, listenerPath, spec } = plan;
  if (!isFilterable(process.arch)) throw new Error(`no system calls can be filtered on ${process.arch}`);
  const filter = seccompProgram(process.arch, { network: false, sharedMachine: { ownUser } });
  const rules = rulesOf(host, plan).filter(([path]) => existsSync(path));
  // Python asks after each call for what it has left; Node could not, and would keep them as zombies.
  const adopts = spec.language === "python" ? "1" : "0";
  const told = [String(process.pid), adopts, listenerPath ?? "", filter.toString("hex")];
  return [...told, ...rules.map(([path, rights]) => `${rights} ${path}`)].join("\0");
}
