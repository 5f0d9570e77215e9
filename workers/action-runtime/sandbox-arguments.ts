import { join } from "node:path";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import { foldersInside, type SandboxFolder } from "./folders";
import type { Host } from "./host";
import type { LaunchSpec } from "./launch";
import type { SandboxNetwork } from "./network/sandbox-network";
import { doorInside, type SandboxService } from "./network/sandbox-service";
import { type ProcessLimits, tmpBytes, workSpaceBytes } from "./resource-limits";

const shmBytes = 16 << 20;

/** Node looks for packages in every folder above the handler's, so theirs stand at the root. */
function dependencyMount(spec: LaunchSpec): { source: string; target: string }[] {
  if (!spec.depsDir) return [];
  if (spec.language === "python") return [{ source: spec.depsDir, target: "/deps" }];
  return [{ source: join(spec.depsDir, "node_modules"), target: "/node_modules" }];
}

/** What programs need of /etc. */
export const systemFiles = ["/etc/ssl/openssl.cnf", "/etc/alternatives", "/etc/ld.so.cache"];

/** With them TLS works; of the rest of /etc a sandbox sees nothing. */
export const certificates = ["/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/pki/ca-trust/extracted"];

export interface SandboxPlan {
  spec: LaunchSpec;
  level: SandboxLevel;
  limits: ProcessLimits;
  network: SandboxNetwork;
  service: SandboxService | null;
  folders: SandboxFolder[];
}

function folderMounts(host: Host, folders: SandboxFolder[]): string[] {
  return folders.flatMap(({ name, write, source }) =>
    source ? [write ? "--bind" : "--ro-bind", host.reach(source), join(foldersInside, name)] : [],
  );
}

/** bubblewrap's arguments for level L3; L3p is the same without a /proc of its own. */
export function sandboxArguments(
  host: Host,
  { spec, level, limits, network, service, folders }: SandboxPlan,
): string[] {
  const { interpreter } = spec;
  const readOnly = (source: string, target: string) => ["--ro-bind", host.reach(source), target];
  const ifThere = (path: string) => ["--ro-bind-try", path, path];
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
    ...systemFiles.flatMap(ifThere),
    ...["passwd", "group", "hosts", "nsswitch.conf", "resolv.conf"].flatMap((name) =>
      readOnly(join(host.runnersDir, "etc", name), `/etc/${name}`),
    ),
    ...(network.isOpen ? certificates.flatMap(ifThere) : []),
    ...network.binds().flatMap(([inside, outside]) => readOnly(outside, inside)),
    ...(service ? readOnly(service.door.inside, doorInside) : []),
    ...(level === "L3p" ? [] : ["--proc", "/proc", "--remount-ro", "/proc"]),
    ...["--dev", "/dev", "--size", String(shmBytes), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
    ...["--size", String(tmpBytes), "--tmpfs", "/tmp", "--size", String(workSpaceBytes(limits)), "--tmpfs", "/work"],
    ...["--chdir", "/work"],
    ...readOnly(host.runnersDir, "/runner"),
    ...readOnly(spec.packageDir, "/action"),
    ...dependencyMount(spec).flatMap(({ source, target }) => readOnly(source, target)),
    ...readOnly(inbox, "/inputs"),
    ...folderMounts(host, folders),
    ...["--remount-ro", "/"],
  ];
}
