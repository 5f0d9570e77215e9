import { WorkflowIdReusePolicy } from "@temporalio/common";
import { inProject, isPermanentFailure, type Transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newRunId } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { queues, runWorkflowId, temporalClient, WorkflowExecutionAlreadyStartedError } from "@/lib/temporal";
import type { EventKind } from "@/lib/triggers/kinds";
import type { StoredValues } from "@/lib/values";
import type { Plan } from "@/lib/workflows/definition/plan";
import { admitRun } from "./admit-run";
import type { RunParent } from "./chain";
import { ChangeNotifier } from "./change-notifier";
import type { RunInput } from "./run-input";
import { deleteQueuedRun, insertRun, insertRunAtOnce } from "./store";

/** A published version, as far as starting a run of it goes. */
export interface StartableVersion {
  projectId: string;
  workflowId: string;
  versionId: string;
  plan: Plan;
}

export type RunSource = "http" | "manual" | "replay" | "test" | EventKind;

export interface RunEvent {
  /** For a run whose id its event makes. */
  runId?: string;
  source: RunSource;
  /** The trigger's outputs. */
  input: StoredValues;
  /** Somebody waits for the answer: such runs go before others. */
  isAwaited: boolean;
  apiKeyId?: string | null;
  replayOf?: string | null;
  parent?: RunParent | null;
  /** How many runs stand above it. */
  depth?: number;
}

/** Temporal's 1 goes first; 3 is its default. */
const priorities = { awaited: 1, background: 3 };
/** A worker that dies holds up its runs for this long. */
const workflowTaskTimeout = "5s";
const startDeadlineMs = 10_000;

/** A run that waits in the queue is told of as well, but never on the path of its call. */
const accepted = new ChangeNotifier();

/** Names the run before it exists, so that its end can be listened for. */
export function newRunInput(version: StartableVersion, event: RunEvent): RunInput {
  return {
    projectId: version.projectId,
    runId: event.runId ?? newRunId(),
    workflowId: version.workflowId,
    workflowVersionId: version.versionId,
    source: event.source,
    apiKeyId: event.apiKeyId ?? null,
    replayOf: event.replayOf ?? null,
    parent: event.parent ?? null,
    depth: event.depth ?? 0,
    createdAt: new Date().toISOString(),
    input: event.input,
  };
}

/** Hands a run to Temporal; one that it has already is not started again. */
export async function startOnTemporal(run: RunInput, isAwaited: boolean): Promise<void> {
  const client = await temporalClient();
  try {
    await client.withDeadline(Date.now() + startDeadlineMs, () =>
      client.workflow.start("runWorkflow", {
        taskQueue: queues.runs,
        workflowId: runWorkflowId(run.projectId, run.runId),
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        workflowTaskTimeout,
        args: [run],
        priority: { priorityKey: isAwaited ? priorities.awaited : priorities.background, fairnessKey: run.projectId },
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function takeBack(run: RunInput): Promise<void> {
  await inProject(run.projectId, (tx) => deleteQueuedRun(tx, run.projectId, run.runId));
}

async function stopUnaccepted(run: RunInput): Promise<void> {
  const client = await temporalClient();
  await client.workflow.getHandle(runWorkflowId(run.projectId, run.runId)).terminate("its row could not be written");
}

/**
 * Accepts a run: its row in Postgres and its workflow in Temporal, side by side. Temporal decides: a run that it has is
 * accepted, and its row, should the database be away just now, is written by whoever carries it. One that it does not
 * take leaves no row behind.
 * @throws AppError `unavailable`; `rate_limited` past a limit of the project, when nothing has been done
 */
export async function acceptRun(
  run: RunInput,
  isAwaited: boolean,
  alsoWrite?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const counted = await admitRun(run);
  return acceptAdmitted(run, isAwaited, alsoWrite).finally(counted);
}

async function acceptAdmitted(
  run: RunInput,
  isAwaited: boolean,
  alsoWrite?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  // What comes with the row must be there before the first step looks for it.
  if (alsoWrite) await writeWithMore(run, alsoWrite);
  const starting = startOnTemporal(run, isAwaited);
  const [row, start] = await Promise.allSettled([alsoWrite ? undefined : insertRunAtOnce(run), starting]);
  if (row.status === "fulfilled" && start.status === "fulfilled") return accepted.note(run.projectId, run.runId);
  const cause = start.status === "rejected" ? start.reason : (row as PromiseRejectedResult).reason;
  if (start.status === "fulfilled" && !isPermanentFailure(cause)) {
    logger.warn({ err: cause, runId: run.runId }, "an accepted run's row is left to its worker");
    return;
  }
  logger.warn({ err: cause, runId: run.runId }, "a run could not be accepted");
  const undo = start.status === "rejected" ? takeBack(run) : stopUnaccepted(run);
  await undo.catch((error) =>
    logger.warn({ err: error, runId: run.runId }, "a run that was not accepted could not be taken back"),
  );
  throw notAccepted(cause);
}

/**
 * Accepts a run whose id its event makes, as often as the event comes: whoever else does so accepts the same one. So
 * nothing is taken back where Temporal did not answer; the source of the event is told to come again.
 * @throws AppError `unavailable`; `rate_limited` past a limit of the project, when nothing has been done
 */
export async function acceptRunOfEvent(run: RunInput, isAwaited: boolean): Promise<void> {
  const counted = await admitRun(run);
  return acceptAdmittedEvent(run, isAwaited).finally(counted);
}

async function acceptAdmittedEvent(run: RunInput, isAwaited: boolean): Promise<void> {
  const [row, start] = await Promise.allSettled([insertRunAtOnce(run), startOnTemporal(run, isAwaited)]);
  if (start.status === "rejected") throw notAccepted(start.reason);
  if (row.status === "rejected" && isPermanentFailure(row.reason)) throw notAccepted(row.reason);
  accepted.note(run.projectId, run.runId);
}

const notAccepted = (cause: unknown) =>
  new AppError("unavailable", "Runs cannot be accepted just now. Try again in a few seconds.", {
    cause,
    retryAfterSeconds: 5,
  });

function writeWithMore(run: RunInput, alsoWrite: (tx: Transaction) => Promise<void>): Promise<void> {
  return inProject(run.projectId, async (tx) => {
    await insertRun(tx, run);
    await alsoWrite(tx);
  });
}
