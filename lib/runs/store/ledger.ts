import { sql } from "drizzle-orm";
import type { LogStream, StepState } from "@/drizzle/enums";
import type { Transaction } from "@/lib/db";
import type { StoredValues } from "@/lib/values";
import type { RunError, RunResult, StepError } from "../outcome";
import type { FinalRunState } from "../status";

/** What a worker writes about the runs it carries, many runs in one statement. */

export interface StepRecord {
  projectId: string;
  runId: string;
  nodeId: string;
  state: StepState;
  attempt: number;
  inputs: StoredValues | null;
  outputs: StoredValues | null;
  error: StepError | null;
  isolation: string | null;
  startedAt: string;
  finishedAt: string | null;
  logsPartial: boolean;
}

export interface AttemptRecord {
  projectId: string;
  runId: string;
  nodeId: string;
  attempt: number;
  error: StepError | null;
  startedAt: string;
  finishedAt: string;
}

export interface LogRecord {
  projectId: string;
  runId: string;
  nodeId: string;
  attempt: number;
  seq: number;
  at: string;
  stream: LogStream;
  line: string;
}

export interface RunEndRecord {
  projectId: string;
  runId: string;
  state: FinalRunState;
  result: RunResult | null;
  error: RunError | null;
  httpStatus: number | null;
  startedAt: string | null;
  finishedAt: string;
}

/**
 * Records for `json_to_recordset`. Values go in as JSON within a string: that function unescapes what it reads, and
 * refuses a U+0000 which the `json` type itself can hold.
 */
function rowsOf(records: object[]): string {
  return JSON.stringify(records, function nested(this: unknown, key: string, value: unknown) {
    const isColumn = this !== records && key !== "" && typeof value === "object" && value !== null;
    return isColumn ? JSON.stringify(value) : value;
  });
}

/** Writes steps forwards only: one that has ended stays as it is. Returns the keys of the rows that were written. */
export async function upsertSteps(tx: Transaction, records: StepRecord[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const written = await tx.execute<{ run_id: string; node_id: string }>(sql`
    insert into steps as known (project_id, run_id, node_id, state, attempt, inputs, outputs, error, isolation, started_at, finished_at, logs_partial)
    select "projectId", "runId", "nodeId", state::step_state, attempt, inputs::json, outputs::json, error::json, isolation, "startedAt", "finishedAt", "logsPartial"
    from json_to_recordset(${rowsOf(records)}::json) as record (
      "projectId" text, "runId" text, "nodeId" text, state text, attempt int, inputs text, outputs text, error text,
      isolation text, "startedAt" timestamptz, "finishedAt" timestamptz, "logsPartial" boolean
    )
    on conflict (run_id, node_id) do update set
      state = excluded.state, attempt = excluded.attempt, inputs = coalesce(excluded.inputs, known.inputs),
      outputs = excluded.outputs, error = excluded.error, isolation = coalesce(excluded.isolation, known.isolation),
      started_at = excluded.started_at, finished_at = excluded.finished_at, logs_partial = excluded.logs_partial
    where known.state in ('queued', 'running') and known.attempt <= excluded.attempt
    returning run_id, node_id
  `);
  return new Set(written.map((row) => stepKey(row.run_id, row.node_id)));
}

export function stepKey(runId: string, nodeId: string): string {
  return `${runId}/${nodeId}`;
}

export async function insertAttempts(tx: Transaction, records: AttemptRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.execute(sql`
    insert into step_attempts (project_id, run_id, node_id, attempt, error, started_at, finished_at)
    select "projectId", "runId", "nodeId", attempt, error::json, "startedAt", "finishedAt"
    from json_to_recordset(${rowsOf(records)}::json) as record (
      "projectId" text, "runId" text, "nodeId" text, attempt int, error text, "startedAt" timestamptz, "finishedAt" timestamptz
    )
    on conflict do nothing
  `);
}

export async function insertLogs(tx: Transaction, records: LogRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.execute(sql`
    insert into step_logs (project_id, run_id, node_id, attempt, seq, at, stream, line)
    select "projectId", "runId", "nodeId", attempt, seq, at, stream::log_stream, line
    from json_to_recordset(${rowsOf(records)}::json) as record (
      "projectId" text, "runId" text, "nodeId" text, attempt int, seq int, at timestamptz, stream text, line text
    )
    on conflict do nothing
  `);
}

export async function markRunsRunning(tx: Transaction, starts: { runId: string; startedAt: string }[]): Promise<void> {
  if (starts.length === 0) return;
  await tx.execute(sql`
    update runs set state = 'running', started_at = start."startedAt"
    from json_to_recordset(${rowsOf(starts)}::json) as start ("runId" text, "startedAt" timestamptz)
    where runs.id = start."runId" and runs.state = 'queued'
  `);
}

/** Ends runs, once each, and tells whoever waits for them. */
export async function endRuns(tx: Transaction, ends: RunEndRecord[]): Promise<void> {
  if (ends.length === 0) return;
  const rows = rowsOf(ends);
  await tx.execute(sql`
    with ended as (
      update runs set state = record.state::run_state, result = record.result::json, error = record.error::json,
        http_status = record."httpStatus", finished_at = record."finishedAt",
        started_at = coalesce(runs.started_at, record."startedAt")
      from json_to_recordset(${rows}::json) as record (
        "runId" text, state text, result text, error text, "httpStatus" int, "startedAt" timestamptz, "finishedAt" timestamptz
      )
      where runs.id = record."runId" and runs.state in ('queued', 'running')
      returning runs.id, runs.project_id
    )
    select pg_notify('run_finished', project_id || '/' || id) from ended
  `);
  const stopped = ends.filter((end) => end.state !== "completed");
  if (stopped.length === 0) return;
  await tx.execute(sql`
    update steps set state = 'canceled', finished_at = now()
    where state in ('queued', 'running')
      and run_id in (select "runId" from json_to_recordset(${rowsOf(stopped)}::json) as record ("runId" text))
  `);
}
