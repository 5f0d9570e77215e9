import { connect, type Socket } from "node:net";
import type { SandboxReport } from "@/lib/fleet/sandbox-level";
import { parseJson, stringifyJson } from "@/lib/values/json";
import type { JsonValue } from "@/lib/values/types";
import { encodeJson, type Frame, FrameDecoder } from "./frames";
import {
  type LogLine,
  type OutputFile,
  type ProgressMessage,
  type RunnerAnswer,
  type RunnerdCall,
  type RunnerdEnd,
  type RunnerdReply,
  type RunnerdRequest,
  runnerAnswerSchema,
  type TriggerAnswer,
  type TriggerRequest,
} from "./protocol";

/** runnerd went away in the middle of a call: nothing is known about it, so it is run again. */
export class RunnerdLost extends Error {
  override name = "RunnerdLost";
}

export interface CallHandlers {
  lines(lines: LogLine[]): void;
  file(file: OutputFile): void;
  /** Resolves when more may come. */
  chunk(stream: number, bytes: Buffer): Promise<void> | void;
  fileEnd(stream: number): void;
  progress(progress: ProgressMessage): void;
  /** Of triggers. */
  started?(servicePath: string | null): void;
  request?(message: TriggerRequest): void;
}

/** A trigger that listens in its sandbox. */
export interface Listening {
  /** Rejects with RunnerdLost. */
  ended: Promise<CallResult>;
  answer(answer: TriggerAnswer): void;
  /** Without this it is killed once the time given last is over. */
  keep(forMs: number): void;
  /** Asks it to end, and kills it once the grace is over. */
  stop(graceMs: number): void;
}

export interface CallResult {
  answer: RunnerAnswer;
  logsPartial: boolean;
}

interface Pending {
  handlers: CallHandlers | null;
  resolve: (reply: RunnerdReply) => void;
  reject: (error: Error) => void;
}

/** A worker's line to its runnerd. It connects when first used and again after a loss. */
export class RunnerdClient {
  private socket: Socket | undefined;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;

  constructor(private readonly socketPath: string) {}

  /** @throws RunnerdLost when runnerd goes away before the end; the call may be made again */
  async call(
    request: Omit<RunnerdCall, "type" | "id">,
    handlers: CallHandlers,
    signal: AbortSignal,
  ): Promise<CallResult> {
    const { ended, stop } = this.listen(request, handlers);
    const cancel = () => stop(0);
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await ended;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** The same for a call that is talked with while it lasts. */
  listen(request: Omit<RunnerdCall, "type" | "id">, handlers: CallHandlers): Listening {
    const id = this.nextId++;
    const end = this.expect(id, handlers) as Promise<RunnerdEnd>;
    this.send({ type: "call", id, ...request });
    const isOpen = () => this.pending.has(id);
    return {
      ended: end.then(({ answer, logsPartial }) => ({ answer: runnerAnswerSchema.parse(answer), logsPartial })),
      answer: (answer) => isOpen() && this.send({ type: "answer", id, answer }),
      keep: (forMs) => isOpen() && this.send({ type: "keep", id, forMs }),
      stop: (graceMs) => isOpen() && this.send({ type: "cancel", id, graceMs }),
    };
  }

  async report(): Promise<SandboxReport> {
    const id = this.nextId++;
    const reply = this.expect(id, null);
    this.send({ type: "report", id });
    return ((await reply) as Extract<RunnerdReply, { type: "report" }>).report;
  }

  /** Has a process ready before the first call. */
  prewarm(spec: RunnerdCall["spec"]): void {
    this.send({ type: "prewarm", id: this.nextId++, spec });
  }

  close(): void {
    this.socket?.destroy();
  }

  private expect(id: number, handlers: CallHandlers | null): Promise<RunnerdReply> {
    return new Promise((resolve, reject) => {
      this.pending.set(id, { handlers, resolve, reject });
    });
  }

  private send(request: RunnerdRequest): void {
    // Inputs may hold integers beyond 2^53.
    this.connected().write(encodeJson(stringifyJson(request as unknown as JsonValue), true));
  }

  private connected(): Socket {
    if (this.socket) return this.socket;
    const socket = connect(this.socketPath);
    const decoder = new FrameDecoder();
    socket.on("data", (data) => {
      for (const frame of decoder.push(data as Buffer)) this.onFrame(frame, socket);
    });
    let reason = "it closed the connection";
    socket.on("error", (error) => {
      reason = error.message;
    });
    socket.on("close", () => {
      this.socket = undefined;
      const lost = [...this.pending.values()];
      this.pending.clear();
      for (const { reject } of lost) reject(new RunnerdLost(`The process that runs actions is not there: ${reason}`));
    });
    this.socket = socket;
    return socket;
  }

  private onFrame(frame: Frame, socket: Socket): void {
    if (frame.kind === "chunk") {
      const wait = this.pending
        .get(frame.stream)
        ?.handlers?.chunk(frame.bytes.readUInt32BE(0), frame.bytes.subarray(4));
      if (!wait) return;
      socket.pause();
      wait.finally(() => socket.resume());
      return;
    }
    const reply = parseJson(frame.text) as unknown as RunnerdReply;
    const pending = this.pending.get(reply.id);
    if (!pending) return;
    try {
      this.onReply(reply, pending);
    } catch (error) {
      // What one handler sent ends its own call, not this process.
      this.pending.delete(reply.id);
      this.send({ type: "cancel", id: reply.id, graceMs: 0 });
      pending.reject(error as Error);
    }
  }

  private onReply(reply: RunnerdReply, pending: Pending): void {
    if (reply.type === "log") pending.handlers?.lines(reply.lines);
    else if (reply.type === "file") pending.handlers?.file(reply);
    else if (reply.type === "progress") pending.handlers?.progress(reply);
    else if (reply.type === "started") pending.handlers?.started?.(reply.servicePath);
    else if (reply.type === "request") pending.handlers?.request?.(reply.message);
    else if (reply.type === "file_end") pending.handlers?.fileEnd(reply.stream);
    else {
      this.pending.delete(reply.id);
      pending.resolve(reply);
    }
  }
}
