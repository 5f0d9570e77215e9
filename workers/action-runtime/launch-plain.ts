import { type SpawnOptions, spawn } from "node:child_process";
import { chownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Duplex, Readable } from "node:stream";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import { freePort } from "@/lib/free-port.mjs";
import { confinement } from "./confinement";
import { bareEnvironment } from "./environment";
import { describeFolders, foldersVariable, type SandboxFolder } from "./folders";
import type { Host } from "./host";
import type { Interpreter } from "./interpreters";
import type { Launched, LaunchSpec } from "./launch";
import { limitProcess } from "./limit-process";
import { MemoryGuard } from "./memory-guard";
import { SandboxNetwork } from "./network/sandbox-network";
import { openService } from "./network/sandbox-service";
import { limitsHere } from "./resource-limits";
import { runnerCommand, runnerFiles } from "./runner-command";
import { sandboxUid } from "./sandbox-user";

const confinedHint =
  "on this machine, at isolation level L2, a handler has no files but its package, its inputs and those below $HOME and $TMPDIR, and no sockets but for what its project grants it";

/** The process's own places on the host, where nothing is mounted. */
interface Places {
  work: string;
  tmp: string;
}

function makePlaces(host: Host, spec: LaunchSpec, uid: number | null): Places {
  const places = { work: join(spec.processDir, "work"), tmp: join(spec.processDir, "tmp") };
  for (const folder of Object.values(places)) {
    mkdirSync(folder, { mode: 0o700 });
    if (uid !== null) chownSync(folder, uid, uid);
  }
  // Node looks for packages in every folder above the handler's.
  if (spec.depsDir && spec.language === "node")
    symlinkSync(host.reach(join(spec.depsDir, "node_modules")), join(spec.processDir, "node_modules"));
  return places;
}

/** Folders are told where they lie. */
function toldFolders(
  host: Host,
  spec: LaunchSpec,
  user: number | null,
  folders: SandboxFolder[],
): Record<string, string> {
  if (!spec.usesFolders) return {};
  const pathOf = ({ source }: SandboxFolder) => (source ? host.reach(source) : "");
  return { [foldersVariable]: describeFolders(spec.projectId, user, folders, pathOf) };
}

/** Where interpreters find their libraries that are not run at the place that they were built for. */
function libraries(host: Host, interpreters: Interpreter[]): Record<string, string> {
  const moved = interpreters.map(({ prefix }) => prefix).filter((prefix) => host.reach(prefix) !== prefix);
  if (moved.length === 0) return {};
  return { LD_LIBRARY_PATH: moved.map((prefix) => join(host.reach(prefix), "lib")).join(":") };
}

function variablesOf(host: Host, { work, tmp }: Places, interpreter: Interpreter, confiner: Interpreter | null) {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: host.reach(work),
    TMPDIR: host.reach(tmp),
    LANG: "C.UTF-8",
    // Confined, a process cannot open what tells these.
    ...(confiner && { USER: "sandbox", LOGNAME: "sandbox", TZ: "UTC" }),
    ...libraries(host, confiner ? [interpreter, confiner] : [interpreter]),
  };
}

/** The Python that confines handlers of both languages. */
function confinerOf(host: Host): Interpreter {
  const [python] = host.pythons;
  if (!python) throw new Error(host.pythonReason ?? "no Python was found");
  return python;
}

/** What starts a program in a confinement of its own. */
function confining(host: Host, python: Interpreter): string[] {
  return [host.reach(python.path), "-I", "-S", join(host.reach(host.runnersDir), "python", "confine.py")];
}

/**
 * Levels L2, L1 and L0: a process beside the machine's others. Above L0 it is the project's own user, where Millrace may
 * change users, which keeps it from other tenants' files; at L2 it reaches nothing but what it is told.
 */
export async function launchPlain(host: Host, spec: LaunchSpec, level: SandboxLevel): Promise<Launched> {
  const confiner = level === "L2" ? confinerOf(host) : null;
  const uid = host.isRoot && level !== "L0" ? sandboxUid(spec.sandboxNumber) : null;
  const { actionId, network: access } = spec;
  const places = makePlaces(host, spec, uid);
  const { work, tmp } = places;
  const folders = spec.usesFolders ? await host.folders.of(spec.projectId) : [];
  const network = confiner
    ? SandboxNetwork.reverse(host.gateways, { access, actionId, owner: uid })
    : SandboxNetwork.unconfined(access, actionId);
  // A confined process can listen on no port, and the machine's own are shared by all others.
  const service = confiner ? null : await openService(host.gateways, spec.service, uid, { port: freePort });
  const limits = limitsHere(spec.limits);
  const [program = "", ...args] = runnerCommand(host, {
    language: spec.language,
    program: host.reach(spec.interpreter.path),
    runner: join(host.reach(host.runnersDir), runnerFiles[spec.language]),
    limits,
    ownUsers: false,
    wrapper: confiner ? confining(host, confiner) : [],
  });
  const variables = variablesOf(host, places, spec.interpreter, confiner);
  const options: SpawnOptions = {
    env: bareEnvironment({ ...variables, ...toldFolders(host, spec, uid, folders) }),
    cwd: host.reach(work),
    stdio: ["ignore", "pipe", "pipe", "pipe", ...(confiner ? (["pipe"] as const) : [])],
    // Its own process group, so that a kill reaches what it started.
    detached: true,
    ...(uid !== null && { uid, gid: uid }),
  };
  const plan = { spec, writable: [work, tmp], folders, ownUser: uid !== null, listenerPath: network.listenerPath };
  const told = confiner && confinement(host, plan);
  const child = spawn(program, args, options);
  const stdio = child.stdio as unknown as (Duplex & Readable)[];
  for (const stream of stdio) stream?.on("error", () => {});
  const cgroup = limitProcess(host, child, limits);
  // It is closed once the handler's process listens, and before anything of the handler's is loaded.
  if (told)
    stdio[4]
      ?.on("close", () => network.connect())
      .resume()
      .end(told);
  return {
    child,
    channel: stdio[3] as Duplex,
    output: child.stdout as Readable,
    startupErrors: child.stderr as Readable,
    innerPid: Promise.resolve(child.pid ? -child.pid : null),
    paths: {
      action: host.reach(spec.packageDir),
      deps: spec.language === "python" && spec.depsDir ? host.reach(spec.depsDir) : null,
      work: host.reach(work),
      tmp: host.reach(tmp),
      shm: null,
    },
    inboxInside: host.reach(join(spec.processDir, "inbox")),
    others: confiner ? "signaled" : "unknown",
    memory: new MemoryGuard(cgroup, limits, spec.limits),
    network,
    service,
    ...(confiner && { refusalHint: confinedHint }),
    release: () => {
      cgroup?.remove();
      network.close();
      service?.door.close();
    },
  };
}
