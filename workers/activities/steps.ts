import { setTimeout as delay } from "node:timers/promises";
import { CancelledFailure, Context } from "@temporalio/activity";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import type { RunInput } from "@/lib/runs";
import type { StepOutcome, StepRef } from "../steps/execute-step";
import type { InFlight } from "../steps/in-flight";
import { type Ledger, RunGone } from "../steps/ledger";
import type { OpenRuns } from "../steps/open-runs";
import { missingResultNodes, type RunEnd, runEndRecord } from "../steps/run-end";

export interface StepActivityDependencies {
  inFlight: InFlight;
  runs: OpenRuns;
  ledger: Ledger;
  /** The queue that only this process reads. */
  ownQueue: string;
}

/** How a step that was begun inside a workflow task went on. */
export type BegunStep =
  | { kind: "ended"; outcome: StepOutcome }
  /** Still under way on the worker behind this queue, where it can be waited for. */
  | { kind: "running"; queue: string }
  /** Not begun, or lost on the way: any worker may execute it. */
  | { kind: "open" };

/** A workflow task may not be held for long: other runs wait for its slot, and cancellation does not reach it. */
const inlineBudgetMs = 250;
const heartbeatMs = 1_000;

export function createStepActivities(deps: StepActivityDependencies) {
  const { inFlight, runs, ledger } = deps;

  /** Begins a step within the workflow task, which costs no dispatch; one that takes longer goes on outside of it. */
  async function beginStep(ref: StepRef, input: RunInput): Promise<BegunStep> {
    const outcome = inFlight.run(ref, input);
    const timeout = new AbortController();
    const { cancellationSignal } = Context.current();
    const stop = () => inFlight.cancel(ref);
    cancellationSignal.addEventListener("abort", stop, { once: true });
    try {
      const ended = outcome.then((value): BegunStep => ({ kind: "ended", outcome: value }));
      const late = delay(inlineBudgetMs, { kind: "running", queue: deps.ownQueue } as const, {
        signal: timeout.signal,
      });
      late.catch(() => {});
      return await Promise.race([ended, late]);
    } catch (error) {
      if (error instanceof RunGone) return { kind: "ended", outcome: { state: "canceled", error: null } };
      logger.warn(
        { reason: messageOf(error), runId: ref.runId, node: ref.nodeId },
        "a step could not be executed here; any worker may try",
      );
      return { kind: "open" };
    } finally {
      timeout.abort();
      cancellationSignal.removeEventListener("abort", stop);
      outcome.catch(() => {});
    }
  }

  /** Executes a step, or waits for one that is under way here, for as long as it takes. */
  async function runStep(ref: StepRef): Promise<StepOutcome> {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), heartbeatMs);
    const stop = () => inFlight.cancel(ref);
    context.cancellationSignal.addEventListener("abort", stop, { once: true });
    try {
      const outcome = inFlight.run(ref, null);
      if (context.cancellationSignal.aborted) stop();
      const ended = await outcome;
      if (context.cancellationSignal.aborted && ended.state === "canceled")
        throw new CancelledFailure("the step was stopped");
      return ended;
    } catch (error) {
      if (error instanceof RunGone) return { state: "canceled", error: null };
      throw error;
    } finally {
      clearInterval(beat);
      context.cancellationSignal.removeEventListener("abort", stop);
    }
  }

  /** Stops a step that was begun here and that nothing waits for any more. */
  async function stopStep(ref: StepRef): Promise<void> {
    inFlight.cancel(ref);
  }

  /** Writes a run's end, once: its results or its error, and tells whoever waits. */
  async function finishRun(
    ref: { projectId: string; runId: string },
    input: RunInput | null,
    end: RunEnd,
  ): Promise<void> {
    try {
      const run = await runs.open({ ...ref, input });
      if (end.state === "completed" && missingResultNodes(run).length > 0) await runs.refresh(run);
      await ledger.recordRunEnd(runEndRecord(run, end));
    } catch (error) {
      if (!(error instanceof RunGone)) throw error;
    } finally {
      runs.close(ref.runId);
    }
  }

  return { beginStep, runStep, stopStep, finishRun };
}
