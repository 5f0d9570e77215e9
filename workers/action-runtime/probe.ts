import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noNetwork } from "@/lib/actions/network";
import { messageOf } from "@/lib/errors";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import type { Host } from "./host";
import { launch } from "./launch";
import { limitsOf } from "./resource-limits";
import { SandboxProcess } from "./sandbox-process";

/** Tried inside a sandbox with its real profile: each finding is something that got through. */
const probeSource = `
const fs = require("node:fs"), net = require("node:net"), dgram = require("node:dgram"), { spawnSync } = require("node:child_process");
const listed = (folder) => { try { return fs.readdirSync(folder); } catch { return []; } };
const connects = (where) => new Promise((resolve) => {
  const socket = net.connect(where, () => resolve(true)).on("error", () => resolve(false));
  setTimeout(() => { socket.destroy(); resolve(false); }, 1000).unref();
});
const binds = (family) => new Promise((resolve) => {
  const socket = dgram.createSocket(family).on("error", () => resolve(false));
  socket.bind(0, () => { socket.close(); resolve(true); });
});
module.exports = async ({ file, secret, port, socket, places, pid }) => {
  const findings = [];
  try { fs.readFileSync(file); findings.push("a file of the host could be read"); } catch {}
  for (const name of listed("/proc").filter((entry) => /^\\d+$/.test(entry))) {
    try { if (fs.readFileSync("/proc/" + name + "/environ", "utf8").includes(secret)) findings.push("the platform's environment could be read"); } catch {}
  }
  if (spawnSync("unshare", ["-U", "true"]).status === 0) findings.push("a namespace could be made");
  if (await connects({ port, host: "127.0.0.1" })) findings.push("a service of the host could be reached");
  if (await connects({ path: socket })) findings.push("a socket of the host could be reached");
  if (await binds("udp4")) findings.push("a datagram could be sent");
  for (const place of JSON.parse(places)) {
    try { fs.writeFileSync(place, ""); findings.push(place + " could be written"); } catch {}
  }
  if (pid !== 0) {
    try { process.kill(pid, 0); findings.push("a process of the host could be signaled"); } catch {}
  }
  // What is the interpreter's own does not outlive an exec.
  const closesOnExec = (fd) => {
    let info;
    try { info = fs.readFileSync("/proc/self/fdinfo/" + fd, "utf8"); } catch { return true; }
    return (parseInt(/flags:\\s*(\\d+)/.exec(info)[1], 8) & 0o2000000) !== 0;
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

async function listening(where: number | string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if (typeof where === "number") server.listen(where, "127.0.0.1", resolve);
    else server.listen({ path: where, readableAll: true, writableAll: true }, resolve);
  });
  return server;
}

interface Planted {
  folder: string;
  secret: string;
  port: number;
  socket: string;
  remove: () => void;
}

/** Things of the host's that a sandbox must not come at. */
async function plant(host: Host): Promise<Planted> {
  const folder = join(host.stateDir, `probe-${randomUUID()}`);
  const secret = randomUUID();
  mkdirSync(join(folder, "package"), { recursive: true, mode: 0o755 });
  writeFileSync(join(folder, "package", "ryax_handler.js"), probeSource);
  writeFileSync(join(folder, "planted"), secret, { mode: 0o644 });
  // Not in the state folder, whose path may be too long for a socket's.
  const sockets = mkdtempSync(join(tmpdir(), "millrace-probe-"));
  chmodSync(sockets, 0o755);
  const socket = join(sockets, "sock");
  const servers = await Promise.all([listening(0), listening(socket)]);
  process.env.MILLRACE_PROBE_SECRET = secret;
  return {
    ...{ folder, secret, socket },
    port: (servers[0].address() as { port: number }).port,
    remove() {
      delete process.env.MILLRACE_PROBE_SECRET;
      for (const server of servers) server.close();
      for (const place of [folder, sockets]) rmSync(place, { recursive: true, force: true });
    },
  };
}

/** What got through at this level, or why the sandbox could not be made at all. */
export async function probe(host: Host, level: SandboxLevel): Promise<string[]> {
  const { folder, secret, port, socket, remove } = await plant(host);
  const packageDir = join(folder, "package");
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
    const inputs = [
      ...["file", "secret", "socket", "places"].map((name) => ({ name, type: "string" as const })),
      ...["port", "pid"].map((name) => ({ name, type: "integer" as const })),
    ];
    const outputs = [{ name: "findings", type: "string" as const }];
    const init = { entry: "ryax_handler.js", inputs, outputs, isolation: "reuse" as const };
    const sandbox = await SandboxProcess.start(launched, processDir, init);
    const outside = [packageDir, host.runnersDir, host.stateDir, processDir].map((place) => host.reach(place));
    const places = ["/usr", "/dev", "/action", "/runner", ...outside].map((place) => join(place, "millrace-probe"));
    const values = {
      ...{ file: host.reach(join(folder, "planted")), secret, port, socket, places: JSON.stringify(places) },
      // Elsewhere its number is nobody's or another's.
      pid: level === "L2" ? process.pid : 0,
    };
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
    remove();
  }
}
