import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pythonFor } from "@/workers/builds/build-tools";
import { accepts } from "./accepts";
import type { FarNetwork } from "./far-network";
import { installed, serverName } from "./handler";

const startPatienceMs = 60_000;

/** A server's program, wherever Debian puts it. */
export function findServer(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/bin", "/usr/local/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A server that a test starts for itself, with a folder that is gone afterwards. */
export class ServerProcess {
  readonly folder = mkdtempSync(join(tmpdir(), "millrace-server-"));
  private child: ChildProcess | undefined;
  private said = "";

  /** `network`: another one than this machine's own, where it runs. */
  constructor(private readonly network?: FarNetwork) {}

  /** @throws Error with what the server said, when it does not accept connections */
  async start(program: string, args: string[], port: number, env: Record<string, string> = {}): Promise<void> {
    const [command = program, ...rest] = [...(this.network?.inside ?? []), program, ...args];
    this.child = spawn(command, rest, {
      cwd: this.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, HOME: this.folder, NODE_ENV: "test", ...env },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on("data", (data) => {
        this.said += data;
      });
    this.child.on("error", (error) => {
      this.said += error.message;
    });
    const deadline = Date.now() + startPatienceMs;
    while (!(await accepts(port, this.network?.address ?? "127.0.0.1"))) {
      if (Date.now() > deadline || this.child.exitCode !== null || !this.child.pid)
        throw new Error(`${program} did not start: ${this.said.slice(-2_000)}`);
      await delay(50);
    }
  }

  /** Ends it as a machine that dies does; what it has written stays, for another start. */
  async halt(): Promise<void> {
    const { child } = this;
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((done) => child.once("exit", () => done()));
      process.kill(-child.pid, "SIGKILL");
      await ended;
    }
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Starts a Python program of `tests/catalogue/servers`, which finds its libraries there. */
export async function startPython(script: string, args: string[], port: number): Promise<ServerProcess> {
  const folder = resolve("tests/catalogue/servers");
  const libraries = await installed(folder, { pythonVersion: null, extraRequirements: [] });
  const server = new ServerProcess();
  const { path } = await pythonFor(null);
  await server.start(path, [join(folder, script), ...args], port, { PYTHONPATH: libraries?.folder ?? "" });
  return server;
}

export interface HttpServer {
  /** As a handler reaches it. */
  url: string;
  port: number;
  requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: Buffer }[];
  close: () => Promise<void>;
}

/** An HTTP server that remembers what it was asked. */
export async function serveHttp(
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
): Promise<HttpServer> {
  const requests: HttpServer["requests"] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      requests.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      answer(request, response, body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${serverName}:${port}`, port, requests, close };
}
