import {
  ActivityFailure,
  CancellationScope,
  condition,
  defineSignal,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  TimeoutFailure,
  Trigger,
} from "@temporalio/workflow";
import { type RunParent, runEndedSignal } from "@/lib/runs/chain";
import type { RunInput } from "@/lib/runs/run-input";
import { runWorkflowId } from "@/lib/temporal/ids";
import { queues } from "@/lib/temporal/queues";
import type { createRunActivities } from "../activities/runs";
import type { CarryRequest, Progress, Retries } from "../steps/run-carrier";
import { endOf, RunStopped } from "./run-stopped";

type RunActivities = ReturnType<typeof createRunActivities>;

const timeouts = {
  /** A local activity returns within its budget; this is for a worker that hangs. */
  begin: "30s",
  /** No run takes longer; each step's own limit is the runtime's to keep. */
  carry: "30d",
  /** A worker that is silent for this long is lost. */
  heartbeat: "5s",
  /** A worker that does not take its own task for this long is lost. */
  pickUp: "5s",
} as const;

/** How often a run is carried on after its worker was lost, before it is given up. */
const lostWorkerAttempts = 10;
/** A run that is open with nothing to do is looked at again this often, should two workers have read it differently. */
const fruitlessPasses = 3;

const local = proxyLocalActivities<Pick<RunActivities, "beginRun">>({
  startToCloseTimeout: timeouts.begin,
  retry: { maximumAttempts: 1 },
});
const finishing = proxyLocalActivities<Pick<RunActivities, "finishRun">>({
  startToCloseTimeout: timeouts.begin,
  retry: { initialInterval: "200ms", maximumInterval: "10s" },
});
const anywhere = proxyActivities<Pick<RunActivities, "carryRun">>({
  taskQueue: queues.actions,
  startToCloseTimeout: timeouts.carry,
  heartbeatTimeout: timeouts.heartbeat,
  retry: { initialInterval: "500ms", maximumInterval: "10s", maximumAttempts: lostWorkerAttempts },
  cancellationType: "WAIT_CANCELLATION_COMPLETED",
});

/** Another run is looked at after this long, should nobody have told of its end; then after twice as long, and so on. */
const lookAgainMs = { first: 60_000, most: 3_600_000 };

/** A run that a step waits for has ended. */
const runEnded = defineSignal<[runId: string]>(runEndedSignal);

function onWorker(queue: string) {
  return proxyActivities<Pick<RunActivities, "carryRun" | "stopRun">>({
    taskQueue: queue,
    startToCloseTimeout: timeouts.carry,
    scheduleToStartTimeout: timeouts.pickUp,
    heartbeatTimeout: timeouts.heartbeat,
    retry: { maximumAttempts: 1 },
    cancellationType: "WAIT_CANCELLATION_COMPLETED",
  });
}

function lostRun(cause: unknown): RunStopped {
  const message = `The run was given up after ${lostWorkerAttempts} workers were lost or could not carry it.`;
  const reason = cause instanceof Error && !(cause instanceof TimeoutFailure) ? ` ${cause.message}` : "";
  return new RunStopped({
    node: null,
    error: { type: "WorkerLost", message: message + reason, stack: [], ryax: null },
  });
}

/** Sees to it that somebody carries the run until its end is written. */
class RunDriver {
  private readonly retries: Retries = {};
  /** The steps that wait for other runs, and how often each of them has looked. */
  private readonly waits = new Set<string>();
  private readonly looks = new Map<string, number>();
  private readonly over = new Trigger<void>();
  private readonly tasks: Promise<void>[] = [];
  private open = 0;
  private fruitless = 0;

  /** `ended` has the other runs that were told to have ended. */
  constructor(
    private readonly run: RunInput,
    private readonly ended: ReadonlySet<string>,
  ) {}

  /** @throws RunStopped, and what a cancellation throws */
  async drive(): Promise<void> {
    const scope = new CancellationScope();
    try {
      await scope.run(async () => {
        this.launch(() => this.carry());
        await this.over;
      });
    } finally {
      // Failures are costly to make, and mostly there is nothing left to cancel.
      if (this.open > 0) scope.cancel();
      await CancellationScope.nonCancellable(() => Promise.allSettled(this.tasks));
    }
  }

  private launch(task: () => Promise<boolean>): void {
    this.open++;
    const running = task()
      .finally(() => {
        this.open--;
      })
      .then(
        (isEnded) => this.settled(isEnded),
        (error) => this.over.reject(error),
      );
    this.tasks.push(running);
  }

  private settled(isEnded: boolean): void {
    if (isEnded) this.over.resolve();
    else if (this.open > 0) return;
    else if (this.fruitless++ < fruitlessPasses) this.launch(() => this.carry());
    else this.over.reject(new Error("no step of the run can be executed"));
  }

  private request(): CarryRequest {
    const { projectId, runId } = this.run;
    const waits = this.waits.size > 0 && { waits: [...this.waits] };
    return { projectId, runId, input: this.run, retries: { ...this.retries }, ...waits };
  }

  /**
   * One pass: within this workflow task what is quick, then wherever it was begun, else anywhere.
   * @returns whether the run's end is written
   */
  private async carry(): Promise<boolean> {
    const begun = await local.beginRun(this.request()).catch((error) => {
      if (isCancellation(error)) throw error;
      return null;
    });
    let progress = begun ? begun.progress : await this.carryAnywhere();
    while (this.goesOn(progress)) progress = await this.carryOn(begun?.queue);
    return progress.kind === "ended";
  }

  /** Notes how far the run came. @returns whether steps are under way that must be waited for */
  private goesOn(progress: Progress): boolean {
    if (progress.kind === "ended") return false;
    if (progress.kind === "stopped") throw new RunStopped(progress.failure);
    for (const { node, attempt, waitMs } of progress.retries) {
      this.fruitless = 0;
      this.retries[node] = { attempt, isDue: false };
      this.launch(async () => {
        await sleep(waitMs);
        this.retries[node] = { attempt, isDue: true };
        return this.carry();
      });
    }
    for (const wait of progress.waits ?? []) this.waitFor(wait);
    return progress.isRunning;
  }

  /** Costs no worker anything until the other run has ended. */
  private waitFor({ node, runId }: { node: string; runId: string }): void {
    if (this.waits.has(node)) return;
    this.fruitless = 0;
    this.waits.add(node);
    const looks = this.looks.get(node) ?? 0;
    this.looks.set(node, looks + 1);
    this.launch(async () => {
      await condition(() => this.ended.has(runId), Math.min(lookAgainMs.first * 2 ** looks, lookAgainMs.most));
      this.waits.delete(node);
      return this.carry();
    });
  }

  private async carryOn(queue: string | undefined): Promise<Progress> {
    if (queue === undefined) return this.carryAnywhere();
    const worker = onWorker(queue);
    try {
      return await worker.carryRun(this.request());
    } catch (error) {
      if (isCancellation(error)) {
        // The cancellation may have come before the wait was scheduled: then nothing has told the worker yet.
        const { runId } = this.run;
        await CancellationScope.nonCancellable(() => worker.stopRun({ runId }).catch(() => {}));
        throw error;
      }
      log.warn("the worker that carried a run was lost");
      return this.carryAnywhere();
    }
  }

  private async carryAnywhere(): Promise<Progress> {
    try {
      return await anywhere.carryRun(this.request());
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
      throw lostRun(error.cause);
    }
  }
}

/** The one workflow type that runs are: it decides that a run goes on until its end, whatever happens to workers. */
export async function runWorkflow(run: RunInput): Promise<void> {
  const ended = new Set<string>();
  setHandler(runEnded, (runId) => {
    ended.add(runId);
  });
  await toItsEnd(run, ended);
  if (run.parent?.isAwaited) await tellParent(run, run.parent);
}

/** A parent that has ended meanwhile needs to know nothing. */
async function tellParent({ projectId, runId }: RunInput, parent: RunParent): Promise<void> {
  const handle = getExternalWorkflowHandle(runWorkflowId(projectId, parent.runId));
  await CancellationScope.nonCancellable(() => handle.signal(runEnded, runId)).catch(() => {});
}

async function toItsEnd(run: RunInput, ended: ReadonlySet<string>): Promise<void> {
  try {
    await new RunDriver(run, ended).drive();
  } catch (error) {
    const { projectId, runId } = run;
    await CancellationScope.nonCancellable(() => finishing.finishRun({ projectId, runId }, run, endOf(error)));
  }
}
