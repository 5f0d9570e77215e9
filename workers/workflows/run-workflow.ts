import {
  ActivityFailure,
  CancellationScope,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  TimeoutFailure,
} from "@temporalio/workflow";
import type { RunInput } from "@/lib/runs/run-input";
import { queues } from "@/lib/temporal/queues";
import type { RetryPolicy } from "@/lib/workflows/definition/schema";
import type { createStepActivities } from "../activities/steps";
import type { StepOutcome, StepRef } from "../steps/execute-step";
import type { RunEnd } from "../steps/run-end";

type StepActivities = ReturnType<typeof createStepActivities>;

const timeouts = {
  /** A local activity returns within its budget; this is for a worker that hangs. */
  begin: "30s",
  /** No step takes longer; its own limit is the runtime's to keep. */
  step: "7d",
  /** A worker that is silent for this long is lost. */
  heartbeat: "5s",
  /** A worker that does not take its own task for this long is lost. */
  pickUp: "5s",
} as const;

/** How often a step is begun again because its worker was lost, before the step is given up. */
const lostWorkerAttempts = 10;

const local = proxyLocalActivities<Pick<StepActivities, "beginStep" | "finishRun">>({
  startToCloseTimeout: timeouts.begin,
  retry: { maximumAttempts: 1 },
});
const finishing = proxyLocalActivities<Pick<StepActivities, "finishRun">>({
  startToCloseTimeout: timeouts.begin,
  retry: { initialInterval: "200ms", maximumInterval: "10s" },
});
const anywhere = proxyActivities<Pick<StepActivities, "runStep">>({
  taskQueue: queues.actions,
  startToCloseTimeout: timeouts.step,
  heartbeatTimeout: timeouts.heartbeat,
  retry: { initialInterval: "500ms", maximumInterval: "10s", maximumAttempts: lostWorkerAttempts },
  cancellationType: "WAIT_CANCELLATION_COMPLETED",
});

function onWorker(queue: string) {
  return proxyActivities<Pick<StepActivities, "runStep" | "stopStep">>({
    taskQueue: queue,
    startToCloseTimeout: timeouts.step,
    scheduleToStartTimeout: timeouts.pickUp,
    heartbeatTimeout: timeouts.heartbeat,
    retry: { maximumAttempts: 1 },
    cancellationType: "WAIT_CANCELLATION_COMPLETED",
  });
}

/** The cause is a step that did not complete; thrown to stop the steps beside it. */
class StepFailed extends Error {
  constructor(
    readonly node: string,
    readonly outcome: StepOutcome,
  ) {
    super(`the step ${node} ${outcome.state}`);
  }
}

function backoffMs(retry: RetryPolicy, attempt: number): number {
  const seconds = retry.backoffSeconds * retry.backoffFactor ** (attempt - 1);
  return Math.min(seconds, retry.maxBackoffSeconds) * 1000;
}

function lostStep(cause: unknown): StepOutcome {
  const message = `The step was given up after ${lostWorkerAttempts} workers were lost or could not execute it.`;
  const reason = cause instanceof Error ? ` ${cause.message}` : "";
  return { state: "failed", error: { type: "WorkerLost", message: message + reason, stack: [], ryax: null } };
}

/** Executes one attempt: within this workflow task if it is quick, else wherever it was begun, else anywhere. */
async function attemptStep(run: RunInput, ref: StepRef): Promise<StepOutcome> {
  const begun = await local.beginStep(ref, run).catch((error) => {
    if (isCancellation(error)) throw error;
    return { kind: "open" } as const;
  });
  if (begun.kind === "ended") return begun.outcome;
  if (begun.kind === "running") {
    const worker = onWorker(begun.queue);
    try {
      return await worker.runStep(ref);
    } catch (error) {
      if (isCancellation(error)) {
        // The cancellation may have come before the wait was scheduled: then nothing has told the worker yet.
        await CancellationScope.nonCancellable(() => worker.stopStep(ref).catch(() => {}));
        throw error;
      }
      log.warn("the worker that executed a step was lost", { node: ref.nodeId });
    }
  }
  try {
    return await anywhere.runStep(ref);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return lostStep(error.cause instanceof TimeoutFailure ? undefined : error.cause);
  }
}

/** @returns whether the run's end is written with the step's */
async function executeWithRetries(run: RunInput, step: RunInput["steps"][number]): Promise<boolean> {
  const { projectId, runId } = run;
  const maxAttempts = step.retry?.maxAttempts ?? 1;
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptStep(run, {
      projectId,
      runId,
      nodeId: step.id,
      attempt,
      retries: attempt < maxAttempts,
    });
    if (outcome.state === "completed") return outcome.endedRun === true;
    if (outcome.state !== "retry" || !step.retry) throw new StepFailed(step.id, outcome);
    await sleep(backoffMs(step.retry, attempt));
  }
}

/** Starts each step as soon as all before it are done, all ready ones side by side. */
function startSteps(run: RunInput): Promise<boolean>[] {
  const done = new Map<string, Promise<boolean>>();
  for (const step of run.steps) {
    const before = step.after.map((id) => done.get(id));
    const execution = Promise.all(before).then(() => executeWithRetries(run, step));
    execution.catch(() => {});
    done.set(step.id, execution);
  }
  return [...done.values()];
}

/**
 * The first failure stops the other steps, and the run is over once they have stopped.
 * @returns whether the run's end is written already
 */
async function executeSteps(run: RunInput): Promise<boolean> {
  const scope = new CancellationScope();
  return scope.run(async () => {
    const steps = startSteps(run);
    try {
      return (await Promise.all(steps)).includes(true);
    } catch (error) {
      scope.cancel();
      await CancellationScope.nonCancellable(() => Promise.allSettled(steps));
      throw error;
    }
  });
}

/** Interprets any plan: the one workflow type that runs are. */
export async function runWorkflow(run: RunInput): Promise<void> {
  const end = await executeSteps(run)
    .then((isWritten): RunEnd | null => (isWritten ? null : { state: "completed", failure: null }))
    .catch((error): RunEnd => {
      if (error instanceof StepFailed && error.outcome.state === "failed") {
        return { state: "failed", failure: { node: error.node, error: error.outcome.error } };
      }
      if (isCancellation(error) || error instanceof StepFailed) return { state: "canceled", failure: null };
      // Better a run that says what went wrong with it than one that never ends.
      const message = error instanceof Error ? error.message : String(error);
      return {
        state: "failed",
        failure: { node: null, error: { type: "InternalError", message, stack: [], ryax: null } },
      };
    });
  if (!end) return;
  const { projectId, runId } = run;
  await CancellationScope.nonCancellable(() => finishing.finishRun({ projectId, runId }, run, end));
}
