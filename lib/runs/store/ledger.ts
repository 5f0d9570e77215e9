import { type SQL, sql } from "drizzle-orm";
import type { LogStream, StepState } from "@/drizzle/enums";
import { type BatchRow, batchInProjects } from "@/lib/db";
import type { StoredValues } from "@/lib/values";
import type { RunError, RunResult, StepError, StepProgress } from "../outcome";
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
  progress: StepProgress | null;
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
  /** Ends the run only if this execution of this step is the one that the ledger took. */
  after: { nodeId: string; startedAt: string } | null;
}

/** What is written in one transaction. */
export interface LedgerBatch {
  steps: StepRecord[];
  attempts: AttemptRecord[];
  logs: LogRecord[];
  starts: { projectId: string; runId: string; startedAt: string }[];
  ends: RunEndRecord[];
}

export interface LedgerWritten {
  /** Keys of the steps whose rows were written; the others had ended before. */
  steps: Set<string>;
  /** Runs that ended with this batch. */
  runs: Set<string>;
  /** Of these, the ones that other workflows start after. */
  followed: Pick<RunEndRecord, "projectId" | "runId">[];
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

export function stepKey(runId: string, nodeId: string): string {
  return `${runId}/${nodeId}`;
}

/** Steps move forwards only: one that has ended stays as it is. */
function upsertSteps(records: StepRecord[]): SQL {
  return sql`
    insert into steps as known (project_id, run_id, node_id, state, attempt, inputs, outputs, error, progress, isolation, started_at, finished_at, logs_partial)
    select "projectId", "runId", "nodeId", state::step_state, attempt, inputs::json, outputs::json, error::json, progress::json, isolation, "startedAt", "finishedAt", "logsPartial"
    from json_to_recordset(${rowsOf(records)}::json) as record (
      "projectId" text, "runId" text, "nodeId" text, state text, attempt int, inputs text, outputs text, error text,
      progress text, isolation text, "startedAt" timestamptz, "finishedAt" timestamptz, "logsPartial" boolean
    )
    on conflict (run_id, node_id) do update set
      state = excluded.state, attempt = excluded.attempt, inputs = coalesce(excluded.inputs, known.inputs),
      outputs = excluded.outputs, error = excluded.error, progress = excluded.progress, isolation = coalesce(excluded.isolation, known.isolation),
      started_at = excluded.started_at, finished_at = excluded.finished_at, logs_partial = excluded.logs_partial
    where known.state in ('queued', 'running') and known.attempt <= excluded.attempt
    returning run_id, node_id
  `;
}

function insertAttempts(records: AttemptRecord[]): SQL {
  return sql`
    insert into step_attempts (project_id, run_id, node_id, attempt, error, started_at, finished_at)
    select "projectId", "runId", "nodeId", attempt, error::json, "startedAt", "finishedAt"
    from json_to_recordset(${rowsOf(records)}::json) as record (
      "projectId" text, "runId" text, "nodeId" text, attempt int, error text, "startedAt" timestamptz, "finishedAt" timestamptz
    )
    on conflict do nothing
  `;
}

function insertLogs(records: LogRecord[]): SQL {
  return sql`
    insert into step_logs (project_id, run_id, node_id, attempt, seq, at, stream, line)
    select "projectId", "runId", "nodeId", attempt, seq, at, stream::log_stream, line
    from json_to_recordset(${rowsOf(records)}::json) as record (
      "projectId" text, "runId" text, "nodeId" text, attempt int, seq int, at timestamptz, stream text, line text
    )
    on conflict do nothing
  `;
}

function markRunsRunning(starts: LedgerBatch["starts"]): SQL {
  return sql`
    update runs set state = 'running', started_at = start."startedAt"
    from json_to_recordset(${rowsOf(starts)}::json) as start ("runId" text, "startedAt" timestamptz)
    where runs.id = start."runId" and runs.state = 'queued'
  `;
}

/** A notification holds up to 8000 bytes; small results go along with it, which saves whoever waits from reading them. */
const maxToldBytes = 7_000;

/** Ends runs, once each, and tells whoever waits for them. */
function endRuns(ends: RunEndRecord[]): SQL {
  const rows = ends.map(({ after, ...end }) => ({
    ...end,
    afterNode: after?.nodeId ?? null,
    afterStart: after?.startedAt ?? null,
  }));
  return sql`
    with ended as (
      update runs set state = record.state::run_state, result = record.result::json, error = record.error::json,
        http_status = record."httpStatus", finished_at = record."finishedAt",
        -- It began with its first step, which may have ended before the run was noted as running, or be a replayed run's.
        started_at = least(runs.started_at, record."startedAt", (
          select min(steps.started_at) from steps where steps.run_id = runs.id and steps.started_at >= runs.created_at
        )),
        is_followed = runs.source <> 'test' and exists (
          select from followers where followers.project_id = runs.project_id
            and followers.workflow_id <> runs.workflow_id and record.state = any(followers.states)
            -- One that is started after all others would else be started after those that are started after it.
            and (followers.followed_id = runs.workflow_id or (followers.followed_id is null and runs.source <> 'workflow_end'))
        )
      from json_to_recordset(${rowsOf(rows)}::json) as record (
        "runId" text, state text, result text, error text, "httpStatus" int, "startedAt" timestamptz, "finishedAt" timestamptz,
        "afterNode" text, "afterStart" timestamptz
      )
      where runs.id = record."runId" and runs.state in ('queued', 'running') and (
        record."afterNode" is null
        -- Not \`exists\`: that may be planned as one scan of all steps there are.
        or record."afterStart" = (
          select steps.started_at from steps where steps.run_id = record."runId" and steps.node_id = record."afterNode"
        )
      )
      returning runs.id, runs.project_id, runs.state, runs.result, runs.error, runs.is_followed
    ), told as (
      select id, project_id, is_followed, json_build_object('state', state, 'result', result, 'error', error)::text as how from ended
    )
    select id, project_id, is_followed, pg_notify(
      'run_finished',
      project_id || '/' || id || case when octet_length(how) <= ${maxToldBytes} then chr(10) || how else '' end
    ) from told
  `;
}

/** What was still under way when a run stopped early is over with it. */
function stopOpenSteps(ends: RunEndRecord[]): SQL {
  return sql`
    update steps set state = 'canceled', finished_at = now()
    where state in ('queued', 'running')
      and run_id in (select "runId" from json_to_recordset(${rowsOf(ends)}::json) as record ("runId" text))
  `;
}

/** Writes what happened to many runs in one transaction and one round trip. */
export async function writeLedger(projectIds: string[], batch: LedgerBatch): Promise<LedgerWritten> {
  const stopped = batch.ends.filter((end) => end.state !== "completed");
  // Order matters: steps hang on runs, logs on steps' runs, and an end may hang on its last step.
  const parts: [name: string, records: object[], statement: () => SQL][] = [
    ["starts", batch.starts, () => markRunsRunning(batch.starts)],
    ["steps", batch.steps, () => upsertSteps(batch.steps)],
    ["attempts", batch.attempts, () => insertAttempts(batch.attempts)],
    ["logs", batch.logs, () => insertLogs(batch.logs)],
    ["ends", batch.ends, () => endRuns(batch.ends)],
    ["stopped", stopped, () => stopOpenSteps(stopped)],
  ];
  const wanted = parts.filter(([, records]) => records.length > 0);
  if (wanted.length === 0) return { steps: new Set(), runs: new Set(), followed: [] };
  const results = await batchInProjects(
    projectIds,
    wanted.map(([, , statement]) => statement()),
  );
  const rowsOfPart = (name: string): BatchRow[] => results[wanted.findIndex(([candidate]) => candidate === name)] ?? [];
  return {
    steps: new Set(rowsOfPart("steps").map((row) => stepKey(String(row.run_id), String(row.node_id)))),
    runs: new Set(rowsOfPart("ends").map((row) => String(row.id))),
    followed: rowsOfPart("ends").flatMap((row) =>
      row.is_followed ? [{ projectId: String(row.project_id), runId: String(row.id) }] : [],
    ),
  };
}
