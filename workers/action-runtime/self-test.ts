import { type SandboxLevel, type SandboxReport, sandboxLevels } from "@/lib/fleet/sandbox-level";
import type { Host } from "./host";
import { probe } from "./probe";

const meanings: Record<SandboxLevel, string> = {
  L4: "Actions run on a kernel of their own.",
  L3: "Actions run isolated: own namespaces, own user, filtered system calls, no network but what is granted.",
  L3p: "Actions run isolated, without a /proc of their own.",
  L2: "Actions are confined: no files, sockets or network but what is granted; but they can find out which files and processes exist on this machine, and share its kernel's tables.",
  L1: "Actions run as another user, but can read world-readable files of this machine and use its network.",
  L0: "Actions are not isolated: they can do on this machine whatever Millrace can do.",
};

interface Shortfall {
  reason: string;
  fix: string;
}

function explain(host: Host, findings: string[]): Shortfall {
  if (process.platform !== "linux") {
    return {
      reason: `Sandboxes need Linux; this is ${process.platform}.`,
      fix: "Run Millrace on Linux, or in a Linux virtual machine.",
    };
  }
  if (!host.bubblewrap) {
    return {
      reason: "bubblewrap is not installed.",
      fix: "apt-get install -y bubblewrap   (or your system's package of that name), then start again.",
    };
  }
  const text = findings.join("; ");
  if (/namespace|Operation not permitted|setting up uid map|No space left/i.test(text)) {
    return {
      reason: `bubblewrap is installed, but this machine does not let it make namespaces: ${text}.`,
      fix: "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 user.max_user_namespaces=15000   (in a container: allow user namespaces in its seccomp profile).",
    };
  }
  return {
    reason: `The sandbox did not pass its self-test: ${text}.`,
    fix: "Upgrade bubblewrap to 0.8 or later, then start again.",
  };
}

function describeLimits(host: Host): string {
  if (host.cgroups) return "The kernel holds each handler to its memory, processor and number of processes.";
  const missing = host.prlimit ? "" : " prlimit is not installed, so nothing but the watch holds it.";
  return `No control groups can be made here: memory is limited for each process and watched, the processor is shared.${missing}`;
}

function explainUnconfined(host: Host, findings: string[]): string {
  if (host.pythons.length === 0) return "Confining them (L2) needs Python, and there is none.";
  return `Confining them (L2) does not work either: ${findings.join("; ")}.`;
}

function findLanguages(host: Host): SandboxReport["languages"] {
  const [python] = host.pythons;
  return {
    python: { available: python !== undefined, version: python?.version ?? null, reason: host.pythonReason },
    node: { available: true, version: host.node.version, reason: null },
  };
}

/** Finds the level that this machine really holds: what passed, not what is installed. */
export async function findLevel(host: Host, ceiling: SandboxLevel): Promise<SandboxReport> {
  const common = { limits: describeLimits(host), languages: findLanguages(host) };
  const allowed = (level: SandboxLevel) => sandboxLevels.indexOf(level) <= sandboxLevels.indexOf(ceiling);
  let findings: string[] = [];
  for (const level of ["L3", "L3p"] as const) {
    if (!host.bubblewrap || !allowed(level)) continue;
    findings = await probe(host, level);
    if (findings.length === 0) return { level, meaning: meanings[level], reason: null, fix: null, ...common };
  }
  const shortfall = allowed("L3")
    ? explain(host, findings)
    : {
        reason: `MILLRACE_SANDBOX_LEVEL holds it at ${ceiling}.`,
        fix: "Unset MILLRACE_SANDBOX_LEVEL, then start again.",
      };
  if (process.platform === "linux" && allowed("L2")) {
    const unconfined = host.pythons.length > 0 ? await probe(host, "L2") : [];
    if (host.pythons.length > 0 && unconfined.length === 0)
      return { level: "L2", meaning: meanings.L2, ...shortfall, ...common };
    shortfall.reason += ` ${explainUnconfined(host, unconfined)}`;
  }
  const level: SandboxLevel = host.isRoot && process.platform === "linux" && allowed("L1") ? "L1" : "L0";
  return { level, meaning: meanings[level], ...shortfall, ...common };
}
