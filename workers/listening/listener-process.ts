import { messageOf } from "@/lib/errors";
import { limitsOf } from "@/lib/limits";
import { logger } from "@/lib/logger";
import type { StartableVersion } from "@/lib/runs";
import type { Listening } from "../action-runtime/client";
import type { LogLine, RunnerAnswer, RuntimeError, TriggerRequest } from "../action-runtime/protocol";
import { describeCaps } from "../action-runtime/resource-limits";
import { SecretMask } from "../steps/mask";
import { OutputReceiver } from "../steps/output-receiver";
import { processSpecOf } from "../steps/process-spec";
import { gatherInputs, InputUnavailable } from "../steps/resolve-inputs";
import { stageFiles } from "../steps/stage-files";
import { answerRequest } from "./answer-request";
import type { Lease } from "./lease";
import type { ListenerDependencies } from "./listen";
import { OpenRunLimit } from "./open-run-limit";
import { maxRequests, triggerRequestSchema } from "./requests";
import { TriggerLog } from "./trigger-log";

export type StopReason = "changed" | "shutdown" | "lost";
export type ProcessEnd = { kind: "ended" } | { kind: "stopped"; by: StopReason } | { kind: "failed"; reason: string };

/** How long a trigger has to end by itself when its workflow is stopped; a worker that stops has less. */
const graceMs = 2_000;
const keepEveryMs = 500;
/** A source that is not told gives the same event to the next start, and to the one after that. */
const refusalHint =
  "The event is listed as rejected. Have the trigger catch service.RunRefused and tell its source that the event was taken, or it comes again with each start.";

const unreachable =
  "Nobody can call what this trigger serves: on this machine, at isolation level L2, a process listens on no port.";

/** A trigger in its sandbox, and what it asks for answered. */
export class ListenerProcess {
  private mask = new SecretMask([]);
  private receiver: OutputReceiver;
  private readonly log: TriggerLog;
  private readonly limit: OpenRunLimit;
  private readonly answering = new Set<Promise<void>>();
  private listening: Listening | undefined;
  private stopped: StopReason | undefined;

  constructor(
    private readonly deps: ListenerDependencies,
    private readonly version: StartableVersion,
    private readonly lease: Lease,
    private readonly onStarted: (servicePath: string | null) => Promise<void>,
  ) {
    const { projectId, workflowId } = version;
    this.receiver = new OutputReceiver(projectId);
    this.log = new TriggerLog(projectId, workflowId, () => this.mask);
    this.limit = new OpenRunLimit(projectId, workflowId, (text) => this.log.say(text));
  }

  /** Has it end, in order unless another worker may have begun. */
  stop(reason: StopReason): void {
    if (this.stopped === "lost") return;
    if (this.stopped && reason !== "lost") return;
    this.stopped = reason;
    this.listening?.stop(reason === "lost" ? 0 : graceMs);
  }

  async run(): Promise<ProcessEnd> {
    const lost = () => this.stop("lost");
    const shutdown = () => this.stop("shutdown");
    const { lostSignal, stoppingSignal } = this.lease;
    lostSignal.addEventListener("abort", lost);
    stoppingSignal.addEventListener("abort", shutdown);
    if (stoppingSignal.aborted) shutdown();
    if (lostSignal.aborted) lost();
    try {
      return await this.execute();
    } finally {
      lostSignal.removeEventListener("abort", lost);
      stoppingSignal.removeEventListener("abort", shutdown);
      await this.log.flush();
    }
  }

  private async execute(): Promise<ProcessEnd> {
    const refusal = this.deps.refusal();
    if (refusal) return { kind: "failed", reason: refusal };
    const { projectId, plan } = this.version;
    try {
      const resolved = await gatherInputs(projectId, plan.listener?.inputs ?? [], () => undefined);
      this.mask = new SecretMask(resolved.secrets);
      const staged = await stageFiles(projectId, resolved.files);
      try {
        return await this.call(resolved.values, staged.files);
      } finally {
        await staged.remove();
      }
    } catch (error) {
      if (error instanceof InputUnavailable) return { kind: "failed", reason: this.mask.hide(error.message) };
      throw error;
    }
  }

  private async call(
    inputs: Record<string, unknown>,
    files: Awaited<ReturnType<typeof stageFiles>>["files"],
  ): Promise<ProcessEnd> {
    const { projectId, workflowId, plan } = this.version;
    const action = await this.deps.packages.find(projectId, plan.trigger.action.versionId);
    const { outputs } = plan.trigger;
    for (const line of describeCaps(action.interface.resources, await limitsOf(projectId))) this.log.say(line);
    const spec = {
      ...(await processSpecOf(this.deps, projectId, action)),
      outputs: outputs.map(({ name, type }) => ({ name, type })),
      trigger: { outputs, maxRequests },
      ...(plan.service && { service: { port: plan.service.port, prefix: plan.service.prefix } }),
      // It is called once.
      isolation: "reuse" as const,
    };
    if (this.stopped) return { kind: "stopped", by: this.stopped };
    const run = { runId: workflowId, attempt: 1 };
    this.listening = this.deps.runnerd.listen(
      { spec, inputs, files, timeoutMs: null, run },
      {
        lines: (lines: LogLine[]) => this.log.add(lines),
        file: (file) => this.receiver.file(file),
        chunk: (stream, bytes) => this.receiver.chunk(stream, bytes),
        fileEnd: (stream) => this.receiver.fileEnd(stream),
        progress: () => {},
        started: (servicePath) => this.noteStart(servicePath),
        request: (message) => this.onRequest(message),
      },
    );
    const answer = await this.keptUntilEnd(this.listening);
    this.receiver.abandon();
    // What it asked for last is still done: it is what has come in.
    await Promise.allSettled(this.answering);
    if (this.stopped) return { kind: "stopped", by: this.stopped };
    return answer.type === "result" ? { kind: "ended" } : { kind: "failed", reason: this.describe(answer.err) };
  }

  /** The sandbox outlives its worker's sleep, but not the lease. */
  private async keptUntilEnd(listening: Listening): Promise<RunnerAnswer> {
    const keep = () => listening.keep(this.lease.remainingMs);
    keep();
    const timer = setInterval(keep, keepEveryMs);
    try {
      return (await listening.ended).answer;
    } finally {
      clearInterval(timer);
    }
  }

  private noteStart(servicePath: string | null): void {
    if (this.version.plan.service && !servicePath) this.log.say(unreachable);
    this.onStarted(servicePath).catch((error) =>
      logger.warn({ reason: messageOf(error), workflowId: this.version.workflowId }, "a listener's start is not shown"),
    );
  }

  private describe({ class: name, message, ryax, origin }: RuntimeError): string {
    const text = ryax?.message || message;
    const hint = name === "RunRefused" ? ` ${refusalHint}` : "";
    return this.mask.hide(origin === "runtime" ? text : `${name}: ${text}${hint}`);
  }

  private onRequest({ request, method, params }: TriggerRequest): void {
    const parsed = triggerRequestSchema.safeParse({ method, params });
    // The files that came before it are this request's.
    const receiver = this.receiver;
    this.receiver = new OutputReceiver(this.version.projectId);
    if (!parsed.success) return this.refuse(request, receiver);
    if (!this.lease.isHeld) return;
    const { version, mask, limit } = this;
    const signal = this.lease.lostSignal;
    const answering = answerRequest({ version, mask, limit, signal }, parsed.data, receiver)
      .then((answer) => {
        if (answer) this.listening?.answer({ request, ...answer });
      })
      .finally(() => {
        receiver.abandon();
        this.answering.delete(answering);
      });
    this.answering.add(answering);
  }

  private refuse(request: number, receiver: OutputReceiver): void {
    receiver.abandon();
    this.listening?.answer({ request, result: null, error: "There is no such request." });
  }
}
