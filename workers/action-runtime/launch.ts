import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import type { NetworkAccess } from "@/lib/actions/network";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import { bareEnvironment } from "./environment";
import { describeFolders, foldersInside, foldersVariable } from "./folders";
import type { Host } from "./host";
import type { Interpreter } from "./interpreters";
import { launchPlain } from "./launch-plain";
import { limitProcess } from "./limit-process";
import { MemoryGuard } from "./memory-guard";
import { openLowPorts } from "./network/low-ports";
import { SandboxNetwork } from "./network/sandbox-network";
import { doorInside, openService, type SandboxService, type ServiceSpec, usualPort } from "./network/sandbox-service";
import type { InitMessage, Language } from "./protocol";
import { limitsHere, type ProcessLimits } from "./resource-limits";
import { runnerCommand, runnerFiles } from "./runner-command";
import { sandboxArguments } from "./sandbox-arguments";
import { sandboxUid } from "./sandbox-user";
import { isFilterable, seccompProgram } from "./seccomp";

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
  /** Set where it serves HTTP. */
  service?: ServiceSpec;
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
  others: InitMessage["others"];
  memory: MemoryGuard;
  /** What to say to who was refused something here that other levels have. */
  refusalHint?: string;
  network: SandboxNetwork;
  /** Null where nobody calls it. */
  service: SandboxService | null;
  /** Gives back what was taken for it, once it is gone. */
  release: () => void;
}

async function launchSandboxed(
  host: Host,
  bubblewrap: string,
  spec: LaunchSpec,
  level: SandboxLevel,
): Promise<Launched> {
  const limits = limitsHere(spec.limits);
  const uid = sandboxUid(spec.sandboxNumber);
  const { access, actionId, processDir } = { ...spec, access: spec.network };
  const owner = host.isRoot ? uid : null;
  const network = await SandboxNetwork.open(host.gateways, { access, actionId, processDir, owner });
  const service = await openService(host.gateways, spec.service, owner, { port: () => usualPort, inside: doorInside });
  const folders = spec.usesFolders ? await host.folders.of(spec.projectId) : [];
  const pathInside = ({ name }: { name: string }) => join(foldersInside, name);
  const told = spec.usesFolders ? describeFolders(spec.projectId, owner, folders, pathInside) : null;
  const filter = isFilterable(process.arch)
    ? seccompProgram(process.arch, { network: network.isOpen || service !== null })
    : null;
  const fds = { channel: 3, args: 4, status: 5, seccomp: 6 };
  const args = [
    ...sandboxArguments(host, { spec, level, limits, network, service, folders }),
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
  const cgroup = limitProcess(host, child, limits);
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
    others: "listed",
    memory: new MemoryGuard(cgroup, limits, spec.limits),
    network,
    service,
    release: () => {
      cgroup?.remove();
      network.close();
      service?.door.close();
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

/** Starts a runner at the level that this host was found to hold. */
export async function launch(host: Host, level: SandboxLevel, spec: LaunchSpec): Promise<Launched> {
  mkdirSync(join(spec.processDir, "inbox"), { recursive: true, mode: 0o755 });
  if (host.bubblewrap && (level === "L3" || level === "L3p"))
    return launchSandboxed(host, host.bubblewrap, spec, level);
  return launchPlain(host, spec, level);
}
