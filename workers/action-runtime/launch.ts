import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import { bareEnvironment } from "./environment";
import type { Host } from "./host";
import type { Interpreter } from "./interpreters";
import type { InitMessage, Language, NetworkPolicy } from "./protocol";
import { isFilterable, seccompProgram } from "./seccomp";

/** Host users from here on belong to sandboxes, one for each project. */
const firstSandboxUid = 200_000;

export interface LaunchSpec {
  language: Language;
  interpreter: Interpreter;
  sandboxNumber: number;
  packageDir: string;
  depsDir: string | null;
  /** The process's own folder on the host: its inbox, and at the weak levels its scratch space. */
  processDir: string;
  network: NetworkPolicy;
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
}

const runnerFiles: Record<Language, string> = { python: "python/runner.py", node: "node/runner.cjs" };

function commandOf(language: Language, program: string, runner: string): string[] {
  if (language === "python") return [program, "-I", "-S", "-X", "utf8", runner];
  return [program, "--disable-warning=ExperimentalWarning", runner];
}

const tmpSizes = { shm: 16 << 20, tmp: 64 << 20, work: 256 << 20 };

/** Node looks for packages in every folder above the handler's, so theirs stand at the root. */
function dependencyMount(spec: LaunchSpec): { source: string; target: string }[] {
  if (!spec.depsDir) return [];
  if (spec.language === "python") return [{ source: spec.depsDir, target: "/deps" }];
  return [{ source: join(spec.depsDir, "node_modules"), target: "/node_modules" }];
}

/** bubblewrap's arguments for level L3; L3p is the same without a /proc of its own. */
function sandboxArguments(host: Host, spec: LaunchSpec, level: SandboxLevel): string[] {
  const { interpreter } = spec;
  const readOnly = (source: string, target: string) => ["--ro-bind", host.reach(source), target];
  const prefix = interpreter.prefix.startsWith("/usr") ? [] : readOnly(interpreter.prefix, interpreter.prefix);
  const symlinks = ["bin", "sbin", "lib", "lib64"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]);
  const inbox = join(spec.processDir, "inbox");
  return [
    ...["--unshare-user", "--uid", "1000", "--gid", "1000", "--unshare-pid", "--unshare-ipc", "--unshare-uts"],
    ...["--unshare-cgroup-try", "--unshare-net", "--hostname", "sandbox", "--disable-userns"],
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"],
    ...["--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME", "/work", "--setenv", "TMPDIR", "/tmp"],
    ...["--setenv", "LANG", "C.UTF-8"],
    ...["--ro-bind", "/usr", "/usr", ...symlinks, ...prefix],
    ...[
      "--ro-bind-try",
      "/etc/ssl/openssl.cnf",
      "/etc/ssl/openssl.cnf",
      "--ro-bind-try",
      "/etc/alternatives",
      "/etc/alternatives",
    ],
    ...["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"],
    ...["passwd", "group", "hosts"].flatMap((name) => readOnly(join(host.runnersDir, "etc", name), `/etc/${name}`)),
    ...(level === "L3p" ? [] : ["--proc", "/proc"]),
    ...["--dev", "/dev", "--size", String(tmpSizes.shm), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
    ...["--size", String(tmpSizes.tmp), "--tmpfs", "/tmp", "--size", String(tmpSizes.work), "--tmpfs", "/work"],
    ...["--chdir", "/work"],
    ...readOnly(host.runnersDir, "/runner"),
    ...readOnly(spec.packageDir, "/action"),
    ...dependencyMount(spec).flatMap(({ source, target }) => readOnly(source, target)),
    ...readOnly(inbox, "/inputs"),
    ...["--remount-ro", "/"],
  ];
}

function launchSandboxed(host: Host, bubblewrap: string, spec: LaunchSpec, level: SandboxLevel): Launched {
  const filter = isFilterable(process.arch) ? seccompProgram(process.arch, { network: spec.network === "on" }) : null;
  const fds = { channel: 3, args: 4, status: 5, seccomp: 6 };
  const args = [
    ...sandboxArguments(host, spec, level),
    ...["--json-status-fd", String(fds.status)],
    ...(filter ? ["--seccomp", String(fds.seccomp)] : []),
  ];
  const uid = firstSandboxUid + spec.sandboxNumber;
  const options: SpawnOptions = {
    // bubblewrap's own environment can be read inside through /proc/1/environ.
    env: bareEnvironment({ PATH: "/usr/bin:/bin" }),
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", ...(filter ? (["pipe"] as const) : [])],
    ...(host.isRoot && { uid, gid: uid }),
  };
  const command = commandOf(spec.language, spec.interpreter.path, `/runner/${runnerFiles[spec.language]}`);
  const child = spawn(bubblewrap, ["--args", String(fds.args), "--", ...command], options);
  const stdio = child.stdio as unknown as (Duplex & Readable & Writable)[];
  for (const stream of stdio) stream?.on("error", () => {});
  stdio[fds.args]?.end(`${args.join("\0")}\0`);
  if (filter) stdio[fds.seccomp]?.end(filter);
  return {
    child,
    channel: stdio[fds.channel] as Duplex,
    output: child.stdout as Readable,
    startupErrors: child.stderr as Readable,
    innerPid: readInnerPid(stdio[fds.status] as Readable),
    paths: {
      action: "/action",
      deps: spec.depsDir && spec.language === "python" ? "/deps" : null,
      work: "/work",
      tmp: "/tmp",
    },
    inboxInside: "/inputs",
    ownPids: level !== "L3p",
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

/** Levels L1 and L0: a plain process; at L1 as the project's own user, which keeps it from other tenants' files. */
function launchPlain(host: Host, spec: LaunchSpec, level: SandboxLevel): Launched {
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
  const [program = "", ...args] = commandOf(spec.language, host.reach(spec.interpreter.path), runner);
  const options: SpawnOptions = {
    env: bareEnvironment({ PATH: "/usr/local/bin:/usr/bin:/bin", HOME: work, TMPDIR: tmp, LANG: "C.UTF-8" }),
    cwd: host.reach(work),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // Its own process group, so that a kill reaches what it started.
    detached: true,
    ...(level === "L1" && { uid, gid: uid }),
  };
  const child = spawn(program, args, options);
  for (const stream of child.stdio) stream?.on("error", () => {});
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
    },
    inboxInside: host.reach(join(spec.processDir, "inbox")),
    ownPids: false,
  };
}

/** Starts a runner at the level that this host was found to hold. */
export function launch(host: Host, level: SandboxLevel, spec: LaunchSpec): Launched {
  mkdirSync(join(spec.processDir, "inbox"), { recursive: true, mode: 0o755 });
  if (host.bubblewrap && (level === "L3" || level === "L3p"))
    return launchSandboxed(host, host.bubblewrap, spec, level);
  return launchPlain(host, spec, level);
}
