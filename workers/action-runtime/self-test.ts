import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { noNetwork } from "@/lib/actions/network";
import { messageOf } from "@/lib/errors";
import { type SandboxLevel, type SandboxReport, sandboxLevels } from "@/lib/fleet/sandbox-level";
import type { Host } from "./host";
import { launch } from "./launch";
import { limitsOf } from "./resource-limits";
import { SandboxProcess } from "./sandbox-process";

const meanings: Record<SandboxLevel, string> = {
  L4: "Actions run on a kernel of their own.",
  L3: "Actions run isolated: own namespaces, own user, filtered system calls, no network but what is granted.",
  L3p: "Actions run isolated, without a /proc of their own.",
  L2: "Actions are confined, but see which files and processes exist on this machine.",
  L1: "Actions run as another user, but can read world-readable files of this machine and use its network.",
  L0: "Actions are not isolated: they can do on this machine whatever Millrace can do.",
};

/** Tried inside a sandbox with its real profile: each finding is something that got through. */
const probeSource = `
const fs = require("node:fs"), net = require("node:net"), { spawnSync } = require("node:child_process");
module.exports = async ({ file, secret, port }) => {
  const findings = [];
  try { fs.readFileSync(file); findings.push("a file of the host could be read"); } catch {}
  for (const name of fs.existsSync("/proc/1") ? fs.readdirSync("/proc").filter((entry) => /^\\d+$/.test(entry)) : []) {
    try { if (fs.readFileSync("/proc/" + name + "/environ", "utf8").includes(secret)) findings.push("the platform's environment could be read"); } catch {}
  }
  if (spawnSync("unshare", ["-U", "true"]).status === 0) findings.push("a namespace could be made");
  const connected = await new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    setTimeout(() => { socket.destroy(); resolve(false); }, 1000).unref();
  });
  if (connected) findings.push("a service of the host could be reached");
  for (const place of ["/usr/millrace-probe", "/action/probe", "/dev/probe", "/runner/probe"]) {
    try { fs.writeFileSync(place, ""); findings.push(place + " could be written"); } catch {}
  }
  // What is the interpreter's own does not outlive an exec.
  const closesOnExec = (fd) => {
    if (!fs.existsSync("/proc/self/fdinfo")) return true;
    return (parseInt(/flags:\\s*(\\d+)/.exec(fs.readFileSync("/proc/self/fdinfo/" + fd, "utf8"))[1], 8) & 0o2000000) !== 0;
  };
  const open = [];
  for (let fd = 4; fd < 1024; fd++) {
    try {
      const status = fs.fstatSync(fd);
      if (status.isFile() || status.isDirectory() || status.isBlockDevice() || !closesOnExec(fd)) open.push(fd);
    } catch {}
  }
  if (open.length > 0) findings.push("a descriptor of the host was open: " + open.join(" "));
  return { findings: JSON.stringify(findings) };
};`;

/** What got through at this level, or why the sandbox could not be made at all. */
async function probe(host: Host, level: SandboxLevel): Promise<string[]> {
  const folder = join(host.stateDir, `probe-${randomUUID()}`);
  const packageDir = join(folder, "package");
  const secret = randomUUID();
  mkdirSync(packageDir, { recursive: true, mode: 0o755 });
  writeFileSync(join(packageDir, "ryax_handler.js"), probeSource);
  writeFileSync(join(folder, "planted"), secret, { mode: 0o644 });
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.MILLRACE_PROBE_SECRET = secret;
  try {
    const processDir = join(folder, "process");
    const launched = await launch(host, level, {
      language: "node",
      interpreter: host.node,
      sandboxNumber: 0,
      packageDir,
      depsDir: null,
      processDir,
      projectId: "self-test",
      actionId: "self-test",
      network: noNetwork,
      usesFolders: false,
      limits: limitsOf({}),
    });
    const inputs = [{ name: "file", type: "string" }];
    const outputs = [{ name: "findings", type: "string" }];
    const init = { entry: "ryax_handler.js", inputs, outputs, isolation: "reuse" as const };
    const sandbox = await SandboxProcess.start(launched, processDir, init);
    const values = { file: join(folder, "planted"), secret, port: (server.address() as { port: number }).port };
    const sink = { lines() {}, file() {}, chunk() {}, fileEnd() {}, progress() {} };
    const request = { inputs: values, files: [], timeoutMs: 10_000, run: { runId: "self-test", attempt: 1 } };
    const { answer } = await sandbox.call(request, sink);
    await sandbox.kill();
    if (answer.type === "error") return [answer.err.message];
    const found = answer.outputs.findings;
    return found && "json" in found ? (JSON.parse(String(found.json)) as string[]) : ["the probe did not answer"];
  } catch (error) {
    const described = error as { message?: string };
    return [`it could not be made: ${described.message ?? messageOf(error)}`];
  } finally {
    delete process.env.MILLRACE_PROBE_SECRET;
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

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

/** Finds the level that this machine really holds: what passed, not what is installed. */
export async function findLevel(host: Host, ceiling: SandboxLevel): Promise<SandboxReport> {
  const languages = {
    python: {
      available: host.pythons.length > 0,
      version: host.pythons[0]?.version ?? null,
      reason: host.pythonReason,
    },
    node: { available: true, version: host.node.version, reason: null },
  };
  const limits = describeLimits(host);
  const allowed = (level: SandboxLevel) => sandboxLevels.indexOf(level) <= sandboxLevels.indexOf(ceiling);
  let findings: string[] = [];
  if (host.bubblewrap) {
    for (const level of ["L3", "L3p"] as const) {
      if (!allowed(level)) continue;
      findings = await probe(host, level);
      if (findings.length === 0) return { level, meaning: meanings[level], reason: null, fix: null, limits, languages };
    }
  }
  const level: SandboxLevel = host.isRoot && process.platform === "linux" && allowed("L1") ? "L1" : "L0";
  const shortfall = allowed("L3")
    ? explain(host, findings)
    : {
        reason: `MILLRACE_SANDBOX_LEVEL holds it at ${ceiling}.`,
        fix: "Unset MILLRACE_SANDBOX_LEVEL, then start again.",
      };
  return { level, meaning: meanings[level], ...shortfall, limits, languages };
}
