import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname, join, resolve } from "node:path";
import { messageOf } from "@/lib/errors";
import { type SandboxLevel, type SandboxReport, sandboxLevels } from "@/lib/fleet/sandbox-level";
import { parseJson } from "@/lib/values/json";
import type { CallEnd, CallSink } from "./current-call";
import { encodeChunk, encodeJson, FrameDecoder } from "./frames";
import { describeHost } from "./host";
import { stageInputs } from "./inbox";
import { closeInherited } from "./inherited";
import { Pools } from "./pools";
import {
  type LogLine,
  type RunnerdCall,
  type RunnerdReply,
  type RunnerdRequest,
  type RuntimeError,
  supervisorError,
} from "./protocol";
import type { SandboxProcess } from "./sandbox-process";
import { findLevel } from "./self-test";

/** Node's numbers end at 2^53: a longer integer is given as text, and the log says so. */
function inputsFor({ spec, inputs }: RunnerdCall, sink: CallSink): RunnerdCall["inputs"] {
  if (spec.language !== "node") return inputs;
  const long = Object.entries(inputs).filter(([, value]) => typeof value === "bigint");
  if (long.length === 0) return inputs;
  const lines = long.map(([name]): LogLine => {
    return [Date.now(), "system", `The input “${name}” is beyond 2^53 and was given as a string.`];
  });
  sink.lines(lines);
  return { ...inputs, ...Object.fromEntries(long.map(([name, value]) => [name, String(value)])) };
}

interface RunningCall {
  process?: SandboxProcess;
  canceled: boolean;
  /** Kills a trigger that its worker does not keep. */
  expiry?: NodeJS.Timeout;
}

/** The calls of one worker. When it goes away they are killed: another worker will run them. */
class Connection {
  private readonly decoder = new FrameDecoder();
  private readonly running = new Map<number, RunningCall>();
  private drained: Promise<void> | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly pools: Pools,
    private readonly report: SandboxReport,
  ) {
    socket.on("data", (data) => this.onData(data as Buffer));
    socket.on("error", () => {});
    socket.on("close", () => {
      for (const id of this.running.keys()) this.cancel(id, 0);
    });
  }

  private onData(data: Buffer): void {
    try {
      for (const frame of this.decoder.push(data)) {
        if (frame.kind === "json") this.onRequest(parseJson(frame.text) as unknown as RunnerdRequest);
      }
    } catch (error) {
      process.stderr.write(`runnerd: closing a connection: ${messageOf(error)}\n`);
      this.socket.destroy();
    }
  }

  private onRequest(request: RunnerdRequest): void {
    if (request.type === "call") this.call(request);
    else if (request.type === "cancel") this.cancel(request.id, request.graceMs);
    else if (request.type === "answer") this.running.get(request.id)?.process?.answer(request.answer);
    else if (request.type === "keep") this.keep(request.id, request.forMs);
    else if (request.type === "prewarm") this.prewarm(request.spec);
    else this.reply({ type: "report", id: request.id, report: this.report });
  }

  private prewarm(spec: RunnerdCall["spec"]): void {
    try {
      this.pools.of(spec).prewarm();
    } catch {
      // The first call will say why.
    }
  }

  private keep(id: number, forMs: number): void {
    const call = this.running.get(id);
    if (!call) return;
    clearTimeout(call.expiry);
    call.expiry = setTimeout(() => this.cancel(id, 0), forMs);
  }

  private cancel(id: number, graceMs: number): void {
    const call = this.running.get(id);
    if (!call) return;
    call.canceled = true;
    const { process } = call;
    const die = () =>
      process?.die(supervisorError("canceled", "The handler was stopped because its run was canceled."));
    if (graceMs === 0) return die();
    process?.interrupt();
    setTimeout(die, graceMs).unref();
  }

  private async call(request: RunnerdCall): Promise<void> {
    const call: RunningCall = { canceled: false };
    this.running.set(request.id, call);
    try {
      this.end(request.id, await this.execute(request, call));
    } catch (error) {
      const err =
        error instanceof Error ? supervisorError("sandboxUnavailable", error.message) : (error as RuntimeError);
      this.reply({
        type: "end",
        id: request.id,
        answer: { type: "error", id: request.id, err, dirty: true },
        logsPartial: false,
      });
    } finally {
      clearTimeout(call.expiry);
      this.running.delete(request.id);
    }
  }

  private async execute(request: RunnerdCall, call: RunningCall): Promise<CallEnd> {
    const pool = this.pools.of(request.spec);
    const sandbox = await pool.acquire();
    call.process = sandbox;
    let inbox: Awaited<ReturnType<typeof stageInputs>> | undefined;
    try {
      if (call.canceled) throw supervisorError("canceled", "The handler was not started because its run was canceled.");
      inbox = await stageInputs(sandbox, request);
      const { timeoutMs, run } = request;
      const sink = this.sinkOf(request.id);
      const inputs = inputsFor(request, sink);
      if (request.spec.trigger) this.reply({ type: "started", id: request.id, servicePath: sandbox.servicePath });
      return await sandbox.call({ inputs, files: inbox.files, timeoutMs, run }, sink);
    } finally {
      await inbox?.remove();
      if (request.isOnlyCall) sandbox.kill();
      pool.release(sandbox);
    }
  }

  private sinkOf(id: number): CallSink {
    return {
      lines: (lines) => this.reply({ type: "log", id, lines }),
      file: (file) => this.reply({ ...file, id }),
      fileEnd: (stream) => this.reply({ type: "file_end", id, stream }),
      progress: (progress) => this.reply({ ...progress, id }),
      request: (_, text) => void this.write(encodeJson(`{"type":"request","id":${id},"message":${text}}`, true)),
      chunk: (stream, bytes) => {
        const head = Buffer.allocUnsafe(4);
        head.writeUInt32BE(stream, 0);
        return this.write(encodeChunk(id, Buffer.concat([head, bytes])));
      },
    };
  }

  /** The runner's own text is passed on as it is: it is JSON already, and may be megabytes. */
  private end(id: number, end: CallEnd): void {
    if (end.answerText === null) {
      this.reply({ type: "end", id, answer: end.answer, logsPartial: end.logsPartial });
      return;
    }
    const text = `{"type":"end","id":${id},"logsPartial":${end.logsPartial},"answer":${end.answerText}}`;
    this.write(encodeJson(text, true));
  }

  private reply(reply: RunnerdReply): void {
    this.write(encodeJson(reply));
  }

  /** Resolves when the worker keeps up; returns nothing while it does. */
  private write(frame: Buffer): Promise<void> | undefined {
    if (this.socket.destroyed || this.socket.write(frame)) return this.drained;
    this.drained ??= new Promise<void>((resolveDrain) => {
      const done = () => {
        this.drained = undefined;
        this.socket.off("drain", done);
        this.socket.off("close", done);
        resolveDrain();
      };
      this.socket.once("drain", done);
      this.socket.once("close", done);
    });
    return this.drained;
  }
}

function ceilingLevel(): SandboxLevel {
  const forced = process.env.MILLRACE_SANDBOX_LEVEL;
  return sandboxLevels.find((level) => level === forced) ?? "L3";
}

async function main(): Promise<void> {
  closeInherited();
  const [socketPath = "", runnersDir = "", ...storeDirs] = process.argv.slice(2);
  if (!socketPath || !runnersDir) throw new Error("usage: runnerd SOCKET RUNNERS_DIR [STORE_DIR…]");
  mkdirSync(dirname(socketPath), { recursive: true });
  const stateDir = resolve(dirname(socketPath), "processes");
  rmSync(stateDir, { recursive: true, force: true });
  const home = dirname(dirname(resolve(socketPath)));
  const checkout = dirname(dirname(resolve(process.argv[1] ?? "")));
  const host = await describeHost({ runnersDir, stateDir, storeDirs, ownDirs: [home, checkout] });
  const report = await findLevel(host, ceilingLevel());
  const pools = new Pools(host, report.level);
  rmSync(socketPath, { force: true });
  const server = createServer((socket) => new Connection(socket, pools, report));
  server.listen(socketPath, () => {
    chmodSync(socketPath, 0o600);
    process.stdout.write(`${JSON.stringify({ ready: true, report })}\n`);
  });
  const stop = async () => {
    server.close();
    await pools.close();
    rmSync(join(stateDir), { recursive: true, force: true });
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // The launcher holds the other end: without it there is nobody to serve.
  process.stdin.on("end", stop).resume();
}

main().catch((error) => {
  process.stderr.write(`runnerd: ${messageOf(error)}\n`);
  process.exit(1);
});
