import { setTimeout as delay } from "node:timers/promises";
import { isOrphan, isPermanentFailure } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import {
  type AttemptRecord,
  ChangeNotifier,
  type LedgerBatch,
  type LedgerWritten,
  type LogRecord,
  type RunEndRecord,
  type StepRecord,
  stepKey,
  writeLedger,
} from "@/lib/runs";
import { LateStarts } from "./late-starts";
import { RunGone } from "./run-gone";

/** How a step's end was taken: it stands, and perhaps the run ended with it. */
export interface StepWritten {
  /** False when the ledger already had the step's end, which then stands. */
  won: boolean;
  endedRun: boolean;
}

interface Batch {
  steps: Map<string, StepRecord>;
  attempts: AttemptRecord[];
  logs: LogRecord[];
  starts: Map<string, LedgerBatch["starts"][number]>;
  ends: RunEndRecord[];
  settled: { resolve: (written: LedgerWritten) => void; reject: (error: unknown) => void }[];
}

const emptyBatch = (): Batch => ({
  steps: new Map(),
  attempts: [],
  logs: [],
  starts: new Map(),
  ends: [],
  settled: [],
});

/** What nobody waits for is written within this time. */
const idleFlushMs = 25;
const retryMs = { first: 50, most: 2_000 };

/**
 * Writes what happens to many runs in few transactions (group commit). While one transaction is under way the next
 * batch fills; a write that is waited for is durable when its promise resolves.
 */
export class Ledger {
  private batch = emptyBatch();
  private flushing = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly changes = new ChangeNotifier();
  private readonly starts = new LateStarts((records) => this.writeStarts(records));

  /** `onFollowed` is told of each run that has ended here and that other workflows start after. */
  constructor(private readonly onFollowed: (run: { projectId: string; runId: string }) => void = () => {}) {}

  /** Writes a step's end, and with it the run's where this was its last step. */
  async recordStep(record: StepRecord, runEnd: RunEndRecord | null): Promise<StepWritten> {
    const key = stepKey(record.runId, record.nodeId);
    this.starts.remove(record);
    this.batch.steps.set(key, record);
    if (runEnd) this.batch.ends.push(runEnd);
    const written = await this.flushNow();
    return { won: written.steps.has(key), endedRun: runEnd !== null && written.runs.has(record.runId) };
  }

  async recordAttempt(attempt: AttemptRecord, step: StepRecord): Promise<void> {
    this.starts.remove(step);
    this.batch.attempts.push(attempt);
    this.batch.steps.set(stepKey(step.runId, step.nodeId), step);
    await this.flushNow();
  }

  /** For the screens: soon, unless the step ends sooner. */
  noteStart(record: StepRecord): void {
    this.starts.add(record);
  }

  /** For the screens too: how far a step that is under way has come. */
  noteProgress(record: StepRecord): void {
    this.starts.remove(record);
    this.writeStarts([record]);
  }

  appendLogs(records: LogRecord[]): void {
    for (const record of records) this.batch.logs.push(record);
    this.flushSoon();
  }

  async recordRunEnd(record: RunEndRecord): Promise<void> {
    this.batch.ends.push(record);
    await this.flushNow();
  }

  /** Writes what is waiting. */
  async drain(): Promise<void> {
    await this.flushNow().catch(() => {});
  }

  private writeStarts(records: StepRecord[]): void {
    for (const record of records) {
      const { projectId, runId, nodeId, startedAt } = record;
      this.batch.steps.set(stepKey(runId, nodeId), record);
      if (!this.batch.starts.has(runId)) this.batch.starts.set(runId, { projectId, runId, startedAt });
    }
    this.flush();
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, idleFlushMs);
  }

  private flushNow(): Promise<LedgerWritten> {
    return new Promise((resolve, reject) => {
      this.batch.settled.push({ resolve, reject });
      this.flush();
    });
  }

  private async flush(): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    // One turn of the event loop lets what is ready at the same moment join.
    await new Promise((resolve) => setImmediate(resolve));
    const batch = this.batch;
    this.batch = emptyBatch();
    try {
      const written = await this.write(batch);
      this.noteChanges(batch);
      for (const run of written.followed) this.onFollowed(run);
      for (const { resolve } of batch.settled) resolve(written);
    } catch (error) {
      for (const { reject } of batch.settled) reject(error);
    }
    this.flushing = false;
    if (this.batch.settled.length > 0) this.flush();
    else if (this.batch.steps.size + this.batch.logs.length > 0) this.flushSoon();
  }

  private noteChanges(batch: Batch): void {
    for (const { projectId, runId } of batch.steps.values()) this.changes.note(projectId, runId);
    for (const { projectId, runId } of batch.logs) this.changes.note(projectId, runId);
    for (const { projectId, runId } of batch.ends) this.changes.forget(projectId, runId);
  }

  private async write(batch: Batch): Promise<LedgerWritten> {
    for (let waitMs = retryMs.first; ; waitMs = Math.min(waitMs * 2, retryMs.most)) {
      try {
        return await writeBatch(batch);
      } catch (error) {
        if (isPermanentFailure(error)) return writeApart(batch, error);
        logger.warn({ reason: messageOf(error) }, "the ledger cannot be written just now; trying again");
        await delay(waitMs);
      }
    }
  }
}

function recordsOf(batch: Batch) {
  return [...batch.steps.values(), ...batch.logs, ...batch.ends, ...batch.starts.values()];
}

function writeBatch(batch: Batch): Promise<LedgerWritten> {
  const { attempts, logs, ends } = batch;
  const projectIds = [...new Set(recordsOf(batch).map((record) => record.projectId))];
  return writeLedger(projectIds, {
    steps: [...batch.steps.values()],
    attempts,
    logs,
    starts: [...batch.starts.values()],
    ends,
  });
}

/** One run's trouble must not hold up the others: each run's records on their own, and the broken ones given up. */
async function writeApart(batch: Batch, cause: unknown): Promise<LedgerWritten> {
  const runIds = new Set(recordsOf(batch).map((record) => record.runId));
  if (runIds.size <= 1) {
    if (isOrphan(cause)) throw new RunGone("The run was deleted.", { cause });
    throw cause;
  }
  const written: LedgerWritten = { steps: new Set(), runs: new Set(), followed: [] };
  for (const runId of runIds) {
    const of = <T extends { runId: string }>(records: Iterable<T>) =>
      [...records].filter((record) => record.runId === runId);
    const part: Batch = {
      steps: new Map(of(batch.steps.values()).map((record) => [stepKey(runId, record.nodeId), record])),
      attempts: of(batch.attempts),
      logs: of(batch.logs),
      starts: new Map(of(batch.starts.values()).map((record) => [runId, record])),
      ends: of(batch.ends),
      settled: [],
    };
    try {
      const of = await writeBatch(part);
      for (const key of of.steps) written.steps.add(key);
      for (const id of of.runs) written.runs.add(id);
      written.followed.push(...of.followed);
    } catch (error) {
      if (!isPermanentFailure(error)) throw error;
      logger.error({ err: error, runId }, "what happened to a run could not be written down");
    }
  }
  return written;
}
