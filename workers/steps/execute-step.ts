import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { type RunInput, type StepError, type StepProgress, type StepRecord, startsRuns } from "@/lib/runs";
import { noteMoment } from "@/lib/trace";
import type { StoredValues } from "@/lib/values";
import type { PlanStep } from "@/lib/workflows/definition/plan";
import type { RunnerdClient } from "../action-runtime/client";
import type { LogLine } from "../action-runtime/protocol";
import type { DependencyStore } from "../builds/dependency-store";
import { callHandler, type HandlerEnd } from "./call-handler";
import { isDefect } from "./defect";
import type { Grants } from "./grants";
import type { Ledger } from "./ledger";
import { SecretMask } from "./mask";
import type { OpenRun, OpenRuns, StepEnd } from "./open-runs";
import { OutputInvalid } from "./output-receiver";
import type { PackageStore, RunnableAction } from "./packages";
import { InputUnavailable, type ResolvedInputs, resolveInputs } from "./resolve-inputs";
import { isRunComplete, runEndRecord } from "./run-end";
import { runOther } from "./run-other";
import { StepLog } from "./step-log";
import type { StepPlaces } from "./step-places";

/** One execution of one step. */
export interface StepRef {
  projectId: string;
  runId: string;
  nodeId: string;
  attempt: number;
  /** Another attempt follows should this one fail. */
  retries: boolean;
}

export interface StepOutcome {
  state: StepEnd["state"] | "retry" | "waiting";
  error: StepError | null;
  /** Of one that waits: the run whose end it waits for. */
  waitsFor?: string | undefined;
}

export interface StepDependencies {
  runs: OpenRuns;
  ledger: Ledger;
  packages: PackageStore;
  dependencies: DependencyStore;
  grants: Grants;
  runnerd: RunnerdClient;
  places: StepPlaces;
  isolation: () => string;
  /** Why no handler may run on this machine, or null. */
  refusal: () => string | null;
}

/** How often at most a step's progress is written down. */
const progressEveryMs = 500;

/** What a handler raised may be worth another attempt; what is wrong with the package or its data is not. */
const permanentErrors = new Set(["OutputInvalid", "InputUnavailable", "InternalError"]);

/**
 * Executes a step, or finds that it has been: an end in the ledger is final. Knows nothing of Temporal. Throws only what
 * says nothing about the step itself (a lost runnerd, an unreachable database), after which it can be called again.
 */
export async function executeStep(
  deps: StepDependencies,
  ref: StepRef,
  input: RunInput | null,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const run = await deps.runs.open({ projectId: ref.projectId, runId: ref.runId, input });
  const known = run.ends.get(ref.nodeId);
  if (known) return { state: known.state, error: known.error };
  if (run.isOver) return { state: "canceled", error: null };
  const step = run.steps.get(ref.nodeId);
  if (!step) throw new Error(`The run's plan has no step ${ref.nodeId}.`);
  const end = await new StepExecution(deps, ref, run, step).execute(signal);
  if (end.state === "retry" || end.state === "waiting")
    return { state: end.state, error: end.error, waitsFor: end.waitsFor };
  run.ends.set(ref.nodeId, { state: end.state, outputs: end.outputs, error: end.error });
  return { state: end.state, error: end.error };
}

interface ExecutionEnd extends Omit<HandlerEnd, "state"> {
  state: HandlerEnd["state"] | "retry" | "waiting";
  waitsFor?: string;
}

function failedEnd(type: string, message: string): ExecutionEnd {
  return { state: "failed", outputs: null, error: { type, message, stack: [], ryax: null } };
}

class StepExecution {
  private startedAt = new Date();
  private readonly lines: StepLog;
  private mask = new SecretMask([]);
  private inputs: StoredValues | null = null;
  private logsPartial = false;
  private progress: StepProgress | null = null;
  private progressTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly deps: StepDependencies,
    private readonly ref: StepRef,
    private readonly run: OpenRun,
    private readonly step: PlanStep,
  ) {
    this.lines = new StepLog(deps.ledger, ref);
  }

  async execute(signal: AbortSignal): Promise<ExecutionEnd> {
    const end = await this.attempt(signal).finally(() => clearTimeout(this.progressTimer));
    if (end.state === "waiting") return end;
    const { projectId, runId, nodeId, attempt } = this.ref;
    const finishedAt = new Date().toISOString();
    // A step has one other run, whichever attempt asks for it.
    const isRetried = this.ref.retries && !startsRuns(this.step);
    if (end.state === "failed" && isRetried && !permanentErrors.has(end.error?.type ?? "") && !end.error?.ryax) {
      const startedAt = this.startedAt.toISOString();
      await this.deps.ledger.recordAttempt(
        { projectId, runId, nodeId, attempt, error: end.error, startedAt, finishedAt },
        { ...this.record("queued"), error: end.error },
      );
      return { ...end, state: "retry" };
    }
    const record = {
      ...this.record(end.state === "retry" ? "queued" : end.state),
      outputs: end.outputs,
      error: end.error,
      finishedAt,
    };
    const { won, endedRun } = await this.deps.ledger.recordStep(record, this.runEndWith(end));
    noteMoment(this.ref.runId, `postgres.written ${nodeId}`);
    if (endedRun) this.run.isOver = true;
    if (won) return end;
    // Another worker ended this step first: what it wrote stands, and its outputs are what later steps get.
    await this.deps.runs.refresh(this.run);
    const standing = this.run.ends.get(nodeId);
    return standing ?? { state: "canceled", outputs: null, error: null };
  }

  /** The run's end, where this step's completion is all that it waits for: one write then serves both. */
  private runEndWith(end: ExecutionEnd) {
    const { nodeId } = this.ref;
    if (end.state !== "completed" || !isRunComplete(this.run, nodeId)) return null;
    const ends = new Map(this.run.ends).set(nodeId, { state: end.state, outputs: end.outputs, error: null });
    const after = { nodeId, startedAt: this.startedAt.toISOString() };
    return runEndRecord({ ...this.run, ends }, { state: "completed", failure: null }, after);
  }

  private record(state: StepRecord["state"]): StepRecord {
    const { projectId, runId, nodeId, attempt } = this.ref;
    return {
      projectId,
      runId,
      nodeId,
      attempt,
      state,
      inputs: this.inputs,
      outputs: null,
      error: null,
      progress: this.progress,
      isolation: this.deps.isolation(),
      startedAt: this.startedAt.toISOString(),
      finishedAt: null,
      logsPartial: this.logsPartial,
    };
  }

  private async attempt(signal: AbortSignal): Promise<ExecutionEnd> {
    // One that waits for another run takes no place from that run's steps.
    if (startsRuns(this.step)) return this.attemptInPlace(signal);
    const giveBack = await this.deps.places.take(this.ref.projectId, signal);
    if (!giveBack) return { state: "canceled", outputs: null, error: null };
    this.startedAt = new Date();
    return this.attemptInPlace(signal).finally(giveBack);
  }

  private async attemptInPlace(signal: AbortSignal): Promise<ExecutionEnd> {
    try {
      const refusal = startsRuns(this.step) ? null : this.deps.refusal();
      if (refusal) return failedEnd("SandboxUnavailable", refusal);
      const resolved = await resolveInputs(this.run, this.deps.runs, this.step);
      this.inputs = resolved.stored;
      this.mask = new SecretMask(resolved.secrets);
      if (startsRuns(this.step)) return await this.runOther(resolved);
      this.deps.ledger.noteStart(this.record("running"));
      const action = await this.deps.packages.find(this.ref.projectId, this.step.action.versionId);
      return await this.call(action, resolved, signal);
    } catch (error) {
      if (error instanceof InputUnavailable || error instanceof OutputInvalid)
        return failedEnd(error.name, this.mask.hide(error.message));
      if (error instanceof AppError && error.code === "storage_full") return failedEnd("StorageFull", error.message);
      if (isDefect(error)) {
        logger.error({ err: error, runId: this.ref.runId, node: this.ref.nodeId }, "a step could not be executed");
        return failedEnd("InternalError", "Millrace could not execute this step. The instance's log says why.");
      }
      throw error;
    }
  }

  private async runOther({ stored }: ResolvedInputs): Promise<ExecutionEnd> {
    const other = await runOther(this.run, this.ref, stored, this.mask);
    this.startedAt = other.startedAt;
    if (other.state === "failed") return { state: "failed", outputs: null, error: other.error };
    if (other.state === "completed") return { state: "completed", outputs: other.outputs, error: null };
    this.deps.ledger.noteStart(this.record("running"));
    return { state: "waiting", outputs: null, error: null, waitsFor: other.runId };
  }

  private async call(action: RunnableAction, resolved: ResolvedInputs, signal: AbortSignal): Promise<ExecutionEnd> {
    const { ref, step, mask } = this;
    const lines = (taken: LogLine[]) => this.lines.append(taken, mask);
    const progress = (reached: StepProgress) => this.noteProgress(reached);
    const cut = () => {
      this.logsPartial = true;
    };
    return callHandler(this.deps, { ref, step, action, resolved, mask, lines, progress, cut }, signal);
  }

  private noteProgress({ fraction, message }: StepProgress): void {
    this.progress = { fraction, message: this.mask.hide(message) };
    this.progressTimer ??= setTimeout(() => {
      this.progressTimer = undefined;
      this.deps.ledger.noteProgress(this.record("running"));
    }, progressEveryMs);
  }
}
