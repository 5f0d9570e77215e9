import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runnerdCommand } from "@/bin/launcher/runnerd-command";
import { noNetwork } from "@/lib/actions/network";
import type { SandboxReport } from "@/lib/fleet/sandbox-level";
import type { IoType } from "@/lib/values/types";
import { type CallHandlers, RunnerdClient } from "@/workers/action-runtime/client";
import type { LogLine, ProcessSpec, RunnerAnswer, RunnerdCall, RuntimeError } from "@/workers/action-runtime/protocol";
import { limitsOf } from "@/workers/action-runtime/resource-limits";
import { writeFiles } from "./packages";

export interface Handler {
  code: string;
  language?: "python" | "node";
  files?: Record<string, string>;
  inputs?: Record<string, IoType>;
  outputs?: Record<string, IoType>;
  /** What else of its process is not as usual. */
  spec?: Partial<ProcessSpec>;
}

export interface Outcome {
  answer: RunnerAnswer;
  lines: LogLine[];
  logsPartial: boolean;
  files: { name: string; path: string; kind: string; bytes: number }[];
  progress: [fraction: number, message: string][];
  durationMs: number;
}

type CallOptions = Partial<Pick<RunnerdCall, "timeoutMs" | "files">> & { signal?: AbortSignal };

let packages = 0;

/** A runnerd of its own, started as the launcher starts it, without the rest of an instance. */
export class TestRunnerd {
  private constructor(
    readonly folder: string,
    readonly process: ChildProcess,
    readonly client: RunnerdClient,
    readonly report: SandboxReport,
  ) {}

  /**
   * `hosts`: names that it finds on this machine and nobody else does, which only root can have. `stores`: folders of
   * packages and dependencies besides its own. `inherited`: descriptors that it is given by mistake. `user`: who it is,
   * which only root can choose.
   */
  static async start(
    env: Record<string, string> = {},
    hosts: Record<string, string> = {},
    guarded: string[] = [],
    stores: string[] = [],
    inherited: number[] = [],
    user?: number,
  ): Promise<TestRunnerd> {
    const folder = mkdtempSync(join(tmpdir(), "millrace-runnerd-"));
    const socket = join(folder, "run", "runnerd.sock");
    mkdirSync(join(folder, "packages"), { recursive: true });
    const runners = resolve("workers/action-runtime/runners");
    const { command, args, environment } = runnerdCommand(
      resolve("dist"),
      [socket, runners, join(folder, "packages"), ...stores],
      guarded,
    );
    if (Object.keys(hosts).length > 0) {
      const file = join(folder, "hosts");
      writeFileSync(
        file,
        Object.entries(hosts)
          .map(([name, address]) => `${address} ${name}\n`)
          .join(""),
      );
      const bind = ["/bin/sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', file];
      args.splice(args.indexOf(process.execPath), 0, ...bind);
    }
    if (user !== undefined) {
      // Root's way of starting it makes mounts, which nobody else can.
      args.splice(args.indexOf("sh") + 1, args.indexOf(process.execPath) - args.indexOf("sh") - 1);
      for (const place of [folder, join(folder, "packages")]) chownSync(place, user, user);
    }
    const child = spawn(command, args, {
      ...(user !== undefined && { uid: user, gid: user }),
      env: { ...environment, ...env } as unknown as NodeJS.ProcessEnv,
      // Beyond what the launcher's shell and Node close.
      stdio: ["pipe", "pipe", "inherit", ...Array(inherited.length > 0 ? 57 : 0).fill("ignore"), ...inherited],
    });
    const report = await new Promise<SandboxReport>((ready, reject) => {
      let text = "";
      child.stdout?.on("data", (data) => {
        text += data;
        if (text.includes("\n")) ready((JSON.parse(text) as { report: SandboxReport }).report);
      });
      child.once("exit", (code) => reject(new Error(`runnerd ended with status ${code}`)));
    });
    return new TestRunnerd(folder, child, new RunnerdClient(socket), report);
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = new Promise((done) => this.process.once("exit", done));
      this.process.kill("SIGTERM");
      await exited;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes the handler down as a package and says how to run it. Handlers of one project share a sandbox user. */
  async specOf(handler: Handler, sandboxNumber = 1): Promise<ProcessSpec> {
    const { code, language = "python", files, inputs = {}, outputs = {}, spec } = handler;
    const packageDir = join(this.folder, "packages", String(++packages));
    const entry = language === "node" ? "ryax_handler.js" : "ryax_handler.py";
    await writeFiles(packageDir, { [entry]: code, ...files });
    const listed = (io: Record<string, IoType>) => Object.entries(io).map(([name, type]) => ({ name, type }));
    return {
      actionId: "probe",
      projectId: `project-${sandboxNumber}`,
      sandboxNumber,
      language,
      packageDir,
      depsDir: null,
      interpreter: null,
      entry,
      inputs: listed(inputs),
      outputs: listed(outputs),
      network: noNetwork,
      usesFolders: false,
      limits: limitsOf({}),
      isolation: "reuse",
      ...spec,
    };
  }

  async call(spec: ProcessSpec, inputs: Record<string, unknown> = {}, options: CallOptions = {}): Promise<Outcome> {
    const { signal, timeoutMs = 20_000, files: given = [] } = options;
    const lines: LogLine[] = [];
    const files: Outcome["files"] = [];
    const progress: Outcome["progress"] = [];
    const handlers: CallHandlers = {
      lines: (more) => lines.push(...more),
      file: ({ stream, name, path, kind }) => {
        files[stream] = { name, path, kind, bytes: 0 };
      },
      chunk: (stream, bytes) => {
        const file = files[stream];
        if (file) file.bytes += bytes.length;
      },
      fileEnd: () => {},
      progress: ({ fraction, message }) => progress.push([fraction, message]),
    };
    const request = { spec, inputs, files: given, timeoutMs, run: { runId: "test", attempt: 1 } };
    const begun = performance.now();
    const result = await this.client.call(request, handlers, signal ?? new AbortController().signal);
    return { ...result, lines, files, progress, durationMs: performance.now() - begun };
  }

  /** Runs a handler once. */
  async run(handler: Handler, inputs: Record<string, unknown> = {}, options: CallOptions = {}): Promise<Outcome> {
    return this.call(await this.specOf(handler), inputs, options);
  }
}

/** What a handler answered. @throws Error with the error that it ended with */
export function outputsOf({ answer }: Outcome): Record<string, unknown> {
  if (answer.type === "error") throw new Error(`${answer.err.class}: ${answer.err.message}`);
  const plain = Object.entries(answer.outputs).map(([name, value]) => [name, "json" in value ? value.json : value]);
  return Object.fromEntries(plain);
}

export function errorOf({ answer }: Outcome): RuntimeError {
  if (answer.type === "result") throw new Error(`It answered ${JSON.stringify(answer.outputs)}.`);
  return answer.err;
}
