import { CancelledFailure, Context } from "@temporalio/activity";
import type { RunInput } from "@/lib/runs";
import { noteMoment } from "@/lib/trace";
import type { InFlight } from "../steps/in-flight";
import type { OpenRuns } from "../steps/open-runs";
import type { CarryRequest, Progress, RunCarrier } from "../steps/run-carrier";
import type { RunEnd } from "../steps/run-end";
import { RunGone } from "../steps/run-gone";

export interface RunActivityDependencies {
  carrier: RunCarrier;
  inFlight: InFlight;
  runs: OpenRuns;
  /** The queue that only this process reads. */
  ownQueue: string;
}

/** How far a run came within a workflow task, and where the steps that it left under way can be waited for. */
export interface Begun {
  progress: Progress;
  queue: string;
}

/** A workflow task may not be held for long: other runs wait for its slot, and cancellation does not reach it. */
const inlineBudgetMs = 250;
const heartbeatMs = 1_000;

async function unlessGone<T>(run: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RunGone) return otherwise;
    throw error;
  }
}

const gone: Progress = { kind: "ended" };

export function createRunActivities({ carrier, inFlight, runs, ownQueue }: RunActivityDependencies) {
  /** Carries a run within the workflow task, which costs no dispatch; what takes longer goes on outside of it. */
  async function beginRun(request: CarryRequest): Promise<Begun> {
    const { cancellationSignal } = Context.current();
    noteMoment(request.runId, "worker.begun");
    const progress = await unlessGone(() => carrier.carry(request, cancellationSignal, inlineBudgetMs), gone);
    noteMoment(request.runId, "worker.carried");
    return { progress, queue: ownQueue };
  }

  /** Carries a run for as long as it takes. */
  async function carryRun(request: CarryRequest): Promise<Progress> {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), heartbeatMs);
    try {
      const progress = await unlessGone(() => carrier.carry(request, context.cancellationSignal, null), gone);
      if (context.cancellationSignal.aborted && progress.kind === "stopped")
        throw new CancelledFailure("the run was stopped");
      return progress;
    } finally {
      clearInterval(beat);
    }
  }

  /** Stops the steps of a run that are under way here and that nothing waits for any more. */
  async function stopRun(ref: { runId: string }): Promise<void> {
    inFlight.cancelRun(ref.runId);
  }

  async function finishRun(ref: { projectId: string; runId: string }, input: RunInput, end: RunEnd): Promise<void> {
    await unlessGone(async () => carrier.end(await runs.open({ ...ref, input }), end), undefined);
  }

  return { beginRun, carryRun, stopRun, finishRun };
}
