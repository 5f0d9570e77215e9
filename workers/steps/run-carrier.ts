import { cancelStartedRuns, type RunInput, type StepError, startsRuns } from "@/lib/runs";
import { noteMoment } from "@/lib/trace";
import { ownValue } from "@/lib/values/own";
import { backoffMs, Readiness } from "@/lib/workflows/definition/readiness";
import type { StepOutcome } from "./execute-step";
import type { InFlight } from "./in-flight";
import type { Ledger } from "./ledger";
import type { OpenRun, OpenRuns } from "./open-runs";
import { isRunComplete, missingResultNodes, type RunEnd, runEndRecord } from "./run-end";

/** Which steps are to be attempted again, and which of them wait for their time still. By node. */
export type Retries = Record<string, { attempt: number; isDue: boolean }>;

export interface CarryRequest {
  projectId: string;
  runId: string;
  /** What the run was started with: its row is written from it should it be missing. */
  input: RunInput | null;
  retries: Retries;
  /** The steps that wait for other runs. Absent from what was asked before there were any. */
  waits?: string[];
}

/** How far a run came. */
export type Progress =
  /** Its end is in the ledger. */
  | { kind: "ended" }
  /** A step did not complete; nothing of the run is being executed here any more. Without a failure: it was canceled. */
  | { kind: "stopped"; failure: { node: string; error: StepError | null } | null }
  /** To be carried on: steps are being executed here, or are to be attempted again after a while. */
  | {
      kind: "open";
      isRunning: boolean;
      retries: { node: string; attempt: number; waitMs: number }[];
      waits?: { node: string; runId: string }[];
    };

/** How many steps of one run are executed at a time by one worker; more would only wait in its pools, in memory. */
const window = 64;

export interface CarrierDependencies {
  runs: OpenRuns;
  ledger: Ledger;
  inFlight: InFlight;
}

/**
 * Carries runs towards their ends: starts each step as soon as all before it are done, all ready ones side by side,
 * and writes the end. The ledger makes what is finished final, so a run can be carried on from any worker at any time;
 * steps that are under way here already are joined, not started twice. Knows nothing of Temporal.
 */
export class RunCarrier {
  constructor(private readonly deps: CarrierDependencies) {}

  /**
   * Returns once nothing is left to do here, a step is to be attempted again later, or `budgetMs` is over; steps under
   * way then go on. When the signal fires they are stopped.
   * @throws whatever says nothing about the steps themselves (a lost runnerd); the run can be carried on then
   */
  async carry(request: CarryRequest, signal: AbortSignal, budgetMs: number | null): Promise<Progress> {
    const { projectId, runId, input, retries } = request;
    const run = await this.deps.runs.open({ projectId, runId, input });
    noteMoment(runId, "worker.opened");
    if (run.isOver) return this.ended(run);
    const { pass, stopped } = await this.follow(run, request, signal, budgetMs);
    if (run.isOver) return this.ended(run);
    if (stopped) {
      // Others may be executing steps of a run that has been attempted again: they are stopped before it ends.
      if (Object.keys(retries).length > 0 || stopped.state !== "failed")
        return { kind: "stopped", failure: stopped.failure };
      await this.end(run, { state: "failed", failure: stopped.failure });
      return { kind: "ended" };
    }
    if (isRunComplete(run)) {
      await this.end(run, { state: "completed", failure: null });
      return { kind: "ended" };
    }
    return { kind: "open", isRunning: pass.isRunning, retries: pass.retries, waits: pass.waits };
  }

  private async follow(run: OpenRun, request: CarryRequest, signal: AbortSignal, budgetMs: number | null) {
    const pass = new Pass(this.deps.inFlight, run, request);
    const stopped = await pass.follow(signal, budgetMs);
    const goesOnLater = pass.retries.length > 0 || pass.waits.length > 0;
    if (stopped || run.isOver || pass.isRunning || goesOnLater || isRunComplete(run)) return { pass, stopped };
    // Another worker has carried it meanwhile.
    await this.deps.runs.refresh(run);
    const again = new Pass(this.deps.inFlight, run, request);
    return { pass: again, stopped: await again.follow(signal, budgetMs) };
  }

  /** Writes a run's end, once, and tells whoever waits. */
  async end(run: OpenRun, end: RunEnd): Promise<void> {
    if (end.state === "completed" && missingResultNodes(run).length > 0) await this.deps.runs.refresh(run);
    await this.deps.ledger.recordRunEnd(runEndRecord(run, end));
    if (end.state !== "completed" && run.plan.steps.some(startsRuns))
      await cancelStartedRuns(run.projectId, run.runId, (node) => run.ends.get(node)?.state !== "completed");
    this.ended(run);
  }

  private ended(run: OpenRun): Progress {
    this.deps.runs.close(run.runId);
    return { kind: "ended" };
  }
}

interface Stop {
  state: "failed" | "canceled";
  failure: { node: string; error: StepError | null } | null;
}

/** One pass over a run's steps. */
class Pass {
  readonly retries: { node: string; attempt: number; waitMs: number }[] = [];
  readonly waits: { node: string; runId: string }[] = [];
  private readonly readiness: Readiness;
  private readonly waiting: string[] = [];
  private readonly flying = new Set<string>();
  private stop: Stop | undefined;
  private lost: { error: unknown } | undefined;
  private isLate = false;
  private wake = () => {};

  constructor(
    private readonly inFlight: InFlight,
    private readonly run: OpenRun,
    private readonly request: CarryRequest,
  ) {
    this.readiness = new Readiness(run.plan.steps, (id) => run.ends.get(id)?.state === "completed");
  }

  get isRunning(): boolean {
    return this.flying.size > 0;
  }

  async follow(signal: AbortSignal, budgetMs: number | null): Promise<Stop | undefined> {
    const cancel = () => this.halt({ state: "canceled", failure: null });
    const timer = budgetMs === null ? undefined : setTimeout(() => this.expire(), budgetMs);
    signal.addEventListener("abort", cancel, { once: true });
    try {
      this.begin();
      if (signal.aborted) cancel();
      while (!this.isDone()) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    }
    if (this.lost) throw this.lost.error;
    return this.stop;
  }

  private begin(): void {
    for (const [node, end] of this.run.ends) {
      if (end.state === "completed") continue;
      this.halt({ state: end.state === "failed" ? "failed" : "canceled", failure: { node, error: end.error } });
      return;
    }
    for (const id of this.readiness.free()) if (!this.run.ends.has(id)) this.waiting.push(id);
    this.fill();
  }

  private isDone(): boolean {
    if (this.flying.size === 0) return true;
    if (this.stop) return false;
    return this.isLate || this.lost !== undefined || this.retries.length > 0 || this.waits.length > 0;
  }

  private expire(): void {
    this.isLate = true;
    this.wake();
  }

  private halt(stop: Stop): void {
    if (this.stop) return;
    this.stop = stop;
    this.inFlight.cancelRun(this.run.runId);
    this.wake();
  }

  private fill(): void {
    while (this.waiting.length > 0 && this.flying.size < window && !this.stop && !this.isLate && !this.lost) {
      const node = this.waiting.shift() as string;
      const retry = ownValue(this.request.retries, node);
      if (this.request.waits?.includes(node)) continue;
      if (!retry || retry.isDue) this.start(node, retry?.attempt ?? 1);
    }
  }

  private start(node: string, attempt: number): void {
    const { projectId, runId, input } = this.request;
    const maxAttempts = this.run.steps.get(node)?.retry?.maxAttempts ?? 1;
    this.flying.add(node);
    this.inFlight
      .run({ projectId, runId, nodeId: node, attempt, retries: attempt < maxAttempts }, input)
      .then((outcome) => this.settle(node, attempt, outcome))
      .catch((error) => {
        this.lost ??= { error };
      })
      .finally(() => {
        this.flying.delete(node);
        this.fill();
        this.wake();
      });
  }

  private settle(node: string, attempt: number, outcome: StepOutcome): void {
    const retry = this.run.steps.get(node)?.retry;
    if (outcome.state === "completed") {
      this.waiting.push(...this.readiness.freedBy(node));
    } else if (outcome.state === "retry" && retry) {
      this.retries.push({ node, attempt: attempt + 1, waitMs: backoffMs(retry, attempt) });
    } else if (outcome.state === "waiting") {
      this.waits.push({ node, runId: outcome.waitsFor ?? "" });
    } else if (outcome.state === "failed") {
      this.halt({ state: "failed", failure: { node, error: outcome.error } });
    } else {
      this.halt({ state: "canceled", failure: null });
    }
  }
}
