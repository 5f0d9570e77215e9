import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chownSync, mkdirSync, symlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import type { NetworkAccess } from "@/lib/actions/network";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import type { Cgroup } from "./cgroups";
import { bareEnvironment } from "./environment";
import { describeFolders, foldersInside, foldersVariable } from "./folders";
import type { Host } from "./host";
import type { Interpreter } from "./interpreters";
import { MemoryGuard } from "./memory-guard";
import { openLowPorts } from "./network/low-ports";
import { SandboxNetwork } from "./network/sandbox-network";
import type { InitMessage, Language } from "./protocol";
import { limitsHere, type ProcessLimits } from "./resource-limits";
import { runnerCommand, runnerFiles } from "./runner-command";
import { sandboxArguments } from "./sandbox-arguments";
import { isFilterable, seccompProgram } from "./seccomp";

/** Host users from here on belong to sandboxes, one for each project. */
const firstSandboxUid = 200_000;
/** Where there is no share of the processor to give, handlers come after the platform. */
const niceness = 10;

export interface LaunchSpec {
  language: Language;
  interpreter: Interpreter;
  sandboxNumber: number;
  packageDir: string;
  depsDir: string | null;
  /** The process's own folder on the host: its inbox, and at the weak levels its scratch space. */
  processDir: string;
  projectId: string;
  actionId: string;
  network: NetworkAccess;
  usesFolders: boolean;
  /** What the action asks for. */
  limits: ProcessLimits;
}

export interface Launched {
  child: ChildProcess;
  channel: Duplex;
  output: Readable;
  /** What bubblewrap or the interpreter says before the runner has taken over. */
  startupErrors: Readable;
  /** Host pid whose death ends everything inside; known once bubblewrap has said it. */
  innerPid: Promise<number | null>;
  paths: InitMessage["paths"];
  inboxInside: string;
  ownPids: boolean;
  memory: MemoryGuard;
  network: SandboxNetwork;
  /** Gives back what was taken for it, once it is gone. */
  release: () => void;
}

/** Makes what the kernel holds a process to and has it in before it starts anything: it waits for its first input. */
function confine(host: Host, child: ChildProcess, limits: ProcessLimits): Cgroup | null {
  if (!host.cgroups) {
    if (child.pid) setPriority(child.pid, niceness);
    return null;
  }
  const cgroup = host.cgroups.create(limits);
  if (child.pid) cgroup.add(child.pid);
  return cgroup;
}

async function launchSandboxed(
  host: Host,
  bubblewrap: string,
  spec: LaunchSpec,
  level: SandboxLevel,
): Promise<Launched> {
  const limits = limitsHere(spec.limits);
  const uid = firstSandboxUid + spec.sandboxNumber;
  const { access, actionId, processDir } = { ...spec, access: spec.network };
  const owner = host.isRoot ? uid : null;
  const network = await SandboxNetwork.open(host.gateways, { access, actionId, processDir, owner });
  const folders = spec.usesFolders ? await host.folders.of(spec.projectId) : [];
  const pathInside = ({ name }: { name: string }) => join(foldersInside, name);
  const told = spec.usesFolders ? describeFolders(spec.projectId, owner, folders, pathInside) : null;
  const filter = isFilterable(process.arch) ? seccompProgram(process.arch, { network: network.isOpen }) : null;
  const fds = { channel: 3, args: 4, status: 5, seccomp: 6 };
  const args = [
    ...sandboxArguments(host, { spec, level, limits, network, folders }),
    ...(told ? ["--setenv", foldersVariable, told] : []),
    ...["--json-status-fd", String(fds.status)],
    ...(filter ? ["--seccomp", String(fds.seccomp)] : []),
  ];
  const options: SpawnOptions = {
    // bubblewrap's own environment can be read inside through /proc/1/environ.
    env: bareEnvironment({ PATH: "/usr/bin:/bin" }),
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", ...(filter ? (["pipe"] as const) : [])],
    ...(host.isRoot && { uid, gid: uid }),
  };
  const { language, interpreter } = spec;
  const runner = `/runner/${runnerFiles[language]}`;
  const command = runnerCommand(host, { language, program: interpreter.path, runner, limits, ownUsers: true });
  const child = spawn(bubblewrap, ["--args", String(fds.args), "--", ...command], options);
  const stdio = child.stdio as unknown as (Duplex & Readable & Writable)[];
  for (const stream of stdio) stream?.on("error", () => {});
  const cgroup = confine(host, child, limits);
  stdio[fds.args]?.end(`${args.join("\0")}\0`);
  if (filter) stdio[fds.seccomp]?.end(filter);
  const innerPid = readInnerPid(stdio[fds.status] as Readable);
  if (network.isOpen && host.isRoot) await openLowPorts(await innerPid);
  return {
    child,
    channel: stdio[fds.channel] as Duplex,
    output: child.stdout as Readable,
    startupErrors: child.stderr as Readable,
    innerPid,
    paths: {
      action: "/action",
      deps: spec.depsDir && spec.language === "python" ? "/deps" : null,
      work: "/work",
      tmp: "/tmp",
      shm: "/dev/shm",
    },
    inboxInside: "/inputs",
    ownPids: true,
    memory: new MemoryGuard(cgroup, limits, spec.limits),
    network,
    release: () => {
      cgroup?.remove();
      network.close();
    },
  };
}

function readInnerPid(status: Readable): Promise<number | null> {
  return new Promise((resolve) => {
    let text = "";
    status.on("data", (data) => {
      text += data;
      const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1];
      if (pid) resolve(Number(pid));
    });
    status.on("close", () => resolve(null));
  });
}

/** Where nothing is mounted, folders are told where they lie. */
async function foldersOutside(host: Host, spec: LaunchSpec, user: number | null): Promise<Record<string, string>> {
  if (!spec.usesFolders) return {};
  const folders = await host.folders.of(spec.projectId);
  const pathOf = ({ source }: { source: string | null }) => (source ? host.reach(source) : "");
  return { [foldersVariable]: describeFolders(spec.projectId, user, folders, pathOf) };
}

/** Levels L1 and L0: a plain process; at L1 as the project's own user, which keeps it from other tenants' files. */
async function launchPlain(host: Host, spec: LaunchSpec, level: SandboxLevel): Promise<Launched> {
  const work = join(spec.processDir, "work");
  const tmp = join(spec.processDir, "tmp");
  const uid = firstSandboxUid + spec.sandboxNumber;
  for (const folder of [work, tmp]) {
    mkdirSync(folder, { mode: 0o700 });
    if (level === "L1") chownSync(folder, uid, uid);
  }
  // Node looks for packages in every folder above the handler's.
  if (spec.depsDir && spec.language === "node") {
    symlinkSync(host.reach(join(spec.depsDir, "node_modules")), join(spec.processDir, "node_modules"));
  }
  const runner = join(host.reach(host.runnersDir), runnerFiles[spec.language]);
  const limits = limitsHere(spec.limits);
  const interpreter = host.reach(spec.interpreter.path);
  const command = { language: spec.language, program: interpreter, runner, limits, ownUsers: false };
  const [program = "", ...args] = runnerCommand(host, command);
  const variables = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: work, TMPDIR: tmp, LANG: "C.UTF-8" };
  const options: SpawnOptions = {
    env: bareEnvironment({ ...variables, ...(await foldersOutside(host, spec, level === "L1" ? uid : null)) }),
    cwd: host.reach(work),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // Its own process group, so that a kill reaches what it started.
    detached: true,
    ...(level === "L1" && { uid, gid: uid }),
  };
  const child = spawn(program, args, options);
  for (const stream of child.stdio) stream?.on("error", () => {});
  const cgroup = confine(host, child, limits);
  return {
    child,
    channel: child.stdio[3] as Duplex,
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
    ownPids: false,
    memory: new MemoryGuard(cgroup, limits, spec.limits),
    network: SandboxNetwork.unconfined(spec.network, spec.actionId),
    release: () => cgroup?.remove(),
  };
}

/** Starts a runner at the level that this host was found to hold. */
export async function launch(host: Host, level: SandboxLevel, spec: LaunchSpec): Promise<Launched> {
  mkdirSync(join(spec.processDir, "inbox"), { recursive: true, mode: 0o755 });
  if (host.bubblewrap && (level === "L3" || level === "L3p"))
    return launchSandboxed(host, host.bubblewrap, spec, level);
  return launchPlain(host, spec, level);
}
