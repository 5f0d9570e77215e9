import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { stringifyJson } from "@/lib/values/json";
import type { JsonValue } from "@/lib/values/types";
import { answerOf } from "./call-answer";
import { passOn } from "./call-messages";
import { type CallEnd, type CallRequest, type CallSink, type CurrentCall, callLimits } from "./current-call";
import { describeExit, describeFailedStart } from "./exit-reason";
import { encodeJson, type Frame, FrameDecoder } from "./frames";
import { type HandlerInit, initMessage } from "./init-message";
import { killInside } from "./kill-inside";
import type { Launched } from "./launch";
import { LogAllowance } from "./log-allowance";
import { LogSplitter } from "./log-splitter";
import { OutputStreams } from "./output-streams";
import { type RuntimeError, runnerMessageSchema, supervisorError, type TriggerAnswer } from "./protocol";

/** One sandboxed runner: started once, then fed one call at a time until it is killed. */
export class SandboxProcess {
  calls = 0;
  readonly startedAt = Date.now();
  /** Set once it must not be used again; the reason is the error its current call ends with. */
  private deathCause: RuntimeError | undefined;
  private current: CurrentCall | undefined;
  private readonly decoder = new FrameDecoder();
  private readonly splitter: LogSplitter;
  private startupText = "";
  private ready: { resolve: () => void; reject: (error: RuntimeError) => void } | undefined;
  private readonly exited: Promise<void>;
  private nextCallId = 1;
  private innerPid: number | null = null;
  private killing: Promise<void> | undefined;

  private constructor(
    private readonly launched: Launched,
    private readonly processDir: string,
  ) {
    this.splitter = new LogSplitter((mark) => this.onMark(mark));
    launched.output.on("data", (data: Buffer) => this.onOutput(data));
    launched.innerPid.then((pid) => {
      this.innerPid = pid;
    });
    launched.startupErrors.on("data", (data) => {
      this.startupText = (this.startupText + data).slice(-2_000);
      // Of what came so far: a message may come in parts.
      launched.memory.note(this.startupText);
    });
    launched.channel.on("data", (data: Buffer) => this.onChannel(data));
    this.exited = new Promise((resolve) => {
      launched.child.once("error", (error) => {
        this.startupText += error.message;
        this.onExit(null, null);
        resolve();
      });
      launched.child.once("close", (code, signal) => {
        this.onExit(code, signal);
        resolve();
      });
    });
  }

  /** @throws RuntimeError when the package cannot be loaded or the sandbox not be made; the process is gone then. */
  static async start(launched: Launched, processDir: string, init: HandlerInit) {
    const process = new SandboxProcess(launched, processDir);
    const ready = new Promise<void>((resolve, reject) => {
      process.ready = { resolve, reject };
    });
    launched.channel.write(encodeJson(initMessage(launched, init)));
    const timer = setTimeout(() => {
      process.die(
        supervisorError("initTimeout", `Loading the handler took longer than ${callLimits.importMs / 1000} s.`),
      );
    }, callLimits.importMs);
    try {
      await ready;
    } catch (error) {
      await process.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return process;
  }

  get usable(): boolean {
    return this.deathCause === undefined && this.current === undefined;
  }

  get inboxOutside(): string {
    return join(this.processDir, "inbox");
  }

  /** The socket at which what it serves is reached. */
  get servicePath(): string | null {
    return this.launched.service?.door.outside ?? null;
  }

  get inboxInside(): string {
    return this.launched.inboxInside;
  }

  call(request: CallRequest, sink: CallSink): Promise<CallEnd> {
    const id = this.nextCallId++;
    this.calls++;
    const mark = randomBytes(12).toString("hex");
    return new Promise((end) => {
      const timer = this.limitTime(request.timeoutMs);
      const endWatch = this.launched.memory.watch(this.innerPid, () => this.die(this.launched.memory.error()));
      const counts = { outputBytes: 0, streams: new OutputStreams(), openRequests: 0, progressAt: 0 };
      const logs = new LogAllowance(request.timeoutMs === null);
      const call: CurrentCall = { id, mark, sink, marked: false, logs, ...counts, timer, endWatch, end };
      this.current = call;
      this.launched.network.onRefused = (reason) => {
        call.refusal = reason;
        sink.lines([[Date.now(), "system", reason]]);
      };
      const { inputs, files, run } = request;
      const message = { type: "call", id, inputs, files, mark, run } as unknown as JsonValue;
      this.launched.channel.write(encodeJson(stringifyJson(message), true));
    });
  }

  private limitTime(timeoutMs: number | null): NodeJS.Timeout | undefined {
    if (timeoutMs === null) return undefined;
    const message = `The handler was stopped: it ran longer than its limit of ${timeoutMs / 1000} s.`;
    return setTimeout(() => this.die(supervisorError("timeout", message)), timeoutMs);
  }

  /** Answers what the trigger that runs in it has asked. */
  answer(answer: TriggerAnswer): void {
    if (!this.current) return;
    this.current.openRequests--;
    this.launched.channel.write(encodeJson({ type: "answer", ...answer }));
  }

  /** Asks the trigger that runs in it to end. */
  interrupt(): void {
    if (this.current) this.launched.channel.write(encodeJson({ type: "cancel" }));
  }

  /** Ends the current call with this error and the process with it. */
  die(cause: RuntimeError): void {
    if (this.deathCause) return;
    this.deathCause = cause;
    this.kill();
  }

  /** Resolves once nothing of it is left. Killing bubblewrap first would report its exit while handlers still run. */
  kill(): Promise<void> {
    this.killing ??= (async () => {
      this.deathCause ??= supervisorError("canceled", "The handler was stopped.");
      killInside(await this.launched.innerPid);
      const timer = setTimeout(() => this.launched.child.kill("SIGKILL"), callLimits.exitGraceMs);
      await this.exited;
      clearTimeout(timer);
      this.launched.release();
      await rm(this.processDir, { recursive: true, force: true });
    })();
    return this.killing;
  }

  private onChannel(data: Buffer): void {
    try {
      for (const frame of this.decoder.push(data)) this.onFrame(frame);
    } catch (error) {
      this.die(supervisorError("protocol", `The handler's process broke its protocol: ${(error as Error).message}`));
    }
  }

  private onFrame(frame: Frame): void {
    if (frame.kind === "chunk") return this.onChunk(frame.stream, frame.bytes);
    const message = runnerMessageSchema.parse(JSON.parse(frame.text));
    if (message.type === "ready") return this.ready?.resolve();
    if (message.type === "init_error") return this.ready?.reject(message.err);
    if (message.id !== this.current?.id) throw new Error(`a ${message.type} for a call that is not under way`);
    const call = this.current;
    const answer = passOn(call, message, frame.text);
    if (!answer) return;
    call.answer = { message: answer, text: frame.text };
    if (call.marked) this.finish(false);
    else call.grace = setTimeout(() => this.finish(true), callLimits.logGraceMs);
  }

  private onChunk(stream: number, bytes: Buffer): void {
    const call = this.current;
    if (!call || call.answer) throw new Error("a file outside a call");
    call.streams.expect(stream);
    call.outputBytes += bytes.length;
    if (call.outputBytes > callLimits.outputBytes) {
      return this.die(
        supervisorError("outputInvalid", `The outputs are larger than ${callLimits.outputBytes >> 20} MiB.`),
      );
    }
    const wait = call.sink.chunk(stream, bytes);
    if (!wait) return;
    this.launched.channel.pause();
    wait.finally(() => this.launched.channel.resume());
  }

  private onOutput(data: Buffer): void {
    const call = this.current;
    const lines = this.splitter.push(data);
    if (!call || lines.length === 0) return;
    call.sink.lines(lines);
    if (call.logs.take(data.length, lines.length)) return;
    const message = `The handler was stopped: it wrote more than ${call.logs.limit} to its log.`;
    this.die(supervisorError("logLimit", message));
  }

  private onMark(mark: string): boolean {
    const call = this.current;
    if (!call || call.mark !== mark || call.marked) return false;
    call.marked = true;
    // After the lines of the same chunk have been handed on.
    if (call.answer) setImmediate(() => this.finish(false));
    return true;
  }

  private finish(logsPartial: boolean): void {
    const call = this.current;
    if (!call) return;
    this.current = undefined;
    clearTimeout(call.timer);
    clearTimeout(call.grace);
    call.endWatch();
    if (logsPartial) call.sink.lines(this.splitter.end());
    const { answer, text } = answerOf(call, this.deathCause, this.launched);
    if (answer.dirty) this.deathCause ??= supervisorError("canceled", "The process was not clean after a call.");
    call.end({ answer, answerText: text, logsPartial });
  }

  private onExit(code: number | null, exitSignal: NodeJS.Signals | null): void {
    const how = describeExit(code, exitSignal);
    if (this.launched.memory.isCauseOfEnd(how)) this.deathCause ??= this.launched.memory.error();
    const failedStart = describeFailedStart(how, this.startupText);
    this.ready?.reject(this.deathCause ?? supervisorError("sandboxUnavailable", failedStart));
    this.deathCause ??= supervisorError("workerExited", `The handler's process ended by itself (${how}).`);
    this.finish(!this.current?.marked);
  }
}
