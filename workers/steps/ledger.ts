import { setTimeout as delay } from "node:timers/promises";
import { inProjects } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import {
  type AttemptRecord,
  endRuns,
  insertAttempts,
  insertLogs,
  type LogRecord,
  markRunsRunning,
  type RunEndRecord,
  type StepRecord,
  stepKey,
  upsertSteps,
} from "@/lib/runs";

/** The run was deleted while it was under way: there is nothing left to write about it. */
export class RunGone extends Error {
  override name = "RunGone";
}

interface Batch {
  steps: Map<string, StepRecord>;
  attempts: AttemptRecord[];
  logs: LogRecord[];
  starts: Map<string, { projectId: string; runId: string; startedAt: string }>;
  ends: RunEndRecord[];
  settled: { resolve: (written: Set<string>) => void; reject: (error: unknown) => void }[];
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
const foreignKeyViolation = "23503";

function sqlStateOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return (error as { code?: unknown }).code ?? sqlStateOf(error.cause);
}

/** A statement that Postgres refused will be refused again; anything else may pass. */
function isPermanent(error: unknown): boolean {
  const state = sqlStateOf(error);
  return typeof state === "string" && /^(22|23|42)/.test(state);
}

/**
 * Writes what happens to many runs in few transactions (group commit). While one transaction is under way the next
 * batch fills; a write that is waited for is durable when its promise resolves.
 */
export class Ledger {
  private batch = emptyBatch();
  private flushing = false;
  private timer: NodeJS.Timeout | undefined;

  /** Writes a step's row. Resolves with false when the ledger already had its end, which then stands. */
  async recordStep(record: StepRecord): Promise<boolean> {
    const key = stepKey(record.runId, record.nodeId);
    this.batch.steps.set(key, record);
    const written = await this.flushNow();
    return written.has(key);
  }

  async recordAttempt(attempt: AttemptRecord, step: StepRecord): Promise<void> {
    this.batch.attempts.push(attempt);
    this.batch.steps.set(stepKey(step.runId, step.nodeId), step);
    await this.flushNow();
  }

  /** For the screens: soon, and in the same row as the end where that comes sooner. */
  noteStart(record: StepRecord): void {
    this.batch.steps.set(stepKey(record.runId, record.nodeId), record);
    this.batch.starts.set(record.runId, {
      projectId: record.projectId,
      runId: record.runId,
      startedAt: record.startedAt,
    });
    this.flushSoon();
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

  private flushSoon(): void {
    this.timer ??= setTimeout(() => this.flush(), idleFlushMs);
  }

  private flushNow(): Promise<Set<string>> {
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
      for (const { resolve } of batch.settled) resolve(written);
    } catch (error) {
      for (const { reject } of batch.settled) reject(error);
    }
    this.flushing = false;
    if (this.batch.settled.length > 0) this.flush();
    else if (this.batch.steps.size + this.batch.logs.length > 0) this.flushSoon();
  }

  private async write(batch: Batch): Promise<Set<string>> {
    for (let waitMs = retryMs.first; ; waitMs = Math.min(waitMs * 2, retryMs.most)) {
      try {
        return await writeBatch(batch);
      } catch (error) {
        if (isPermanent(error)) return writeApart(batch, error);
        logger.warn({ reason: messageOf(error) }, "the ledger cannot be written just now; trying again");
        await delay(waitMs);
      }
    }
  }
}

function projectsOf(batch: Batch): string[] {
  const records = [...batch.steps.values(), ...batch.logs, ...batch.ends, ...batch.starts.values()];
  return [...new Set(records.map((record) => record.projectId))];
}

async function writeBatch(batch: Batch): Promise<Set<string>> {
  const projectIds = projectsOf(batch);
  if (projectIds.length === 0) return new Set();
  return inProjects(projectIds, async (tx) => {
    // Sent together, run in this order on one connection.
    const [, written] = await Promise.all([
      markRunsRunning(tx, [...batch.starts.values()]),
      upsertSteps(tx, [...batch.steps.values()]),
      insertAttempts(tx, batch.attempts),
      insertLogs(tx, batch.logs),
      endRuns(tx, batch.ends),
    ]);
    return written;
  });
}

/** One run's trouble must not hold up the others: each run's records on their own, and the broken ones given up. */
async function writeApart(batch: Batch, cause: unknown): Promise<Set<string>> {
  const runIds = new Set(
    [...batch.steps.values(), ...batch.logs, ...batch.ends, ...batch.starts.values()].map((record) => record.runId),
  );
  if (runIds.size <= 1) {
    if (sqlStateOf(cause) === foreignKeyViolation) throw new RunGone("The run was deleted.", { cause });
    throw cause;
  }
  const written = new Set<string>();
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
      for (const key of await writeBatch(part)) written.add(key);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      logger.error({ err: error, runId }, "what happened to a run could not be written down");
    }
  }
  return written;
}
