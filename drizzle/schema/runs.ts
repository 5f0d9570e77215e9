import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  json,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { logStreams, runStates, stepStates } from "../enums";
import { createdAt, instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";
import { workflows, workflowVersions } from "./workflows";

export const runStateEnum = pgEnum("run_state", runStates);
export const stepStateEnum = pgEnum("step_state", stepStates);
export const logStreamEnum = pgEnum("log_stream", logStreams);

/**
 * Values are `json`, not `jsonb`: users' strings may hold U+0000 and lone surrogates, which `jsonb` refuses, and the
 * order of keys is theirs to choose.
 */
export const runs = pgTable(
  "runs",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    workflowId: text("workflow_id").notNull(),
    workflowVersionId: text("workflow_version_id").notNull(),
    state: runStateEnum("state").notNull().default("queued"),
    /** What started it: `http`, `manual`, `replay`, `test`. */
    source: text("source").notNull(),
    /** The trigger's outputs, as stored values by name. */
    input: json("input").notNull(),
    /** The workflow's results, as stored values by key, once completed. */
    result: json("result"),
    error: json("error"),
    /** The status that the endpoint's contract gives this outcome; null for runs without an endpoint. */
    httpStatus: integer("http_status"),
    /** The status that the caller was sent, which is 202 where the answer came too late; null when it hung up. */
    answeredStatus: integer("answered_status"),
    apiKeyId: text("api_key_id"),
    replayOf: text("replay_of"),
    /** The run that started this one, by a step of its own or, without a node, by its end. */
    parentRunId: text("parent_run_id"),
    parentNode: text("parent_node"),
    /** How many runs stand above it. */
    depth: integer("depth").notNull().default(0),
    /** It has ended, and workflows that start after it have not all been started yet. */
    isFollowed: boolean("is_followed").notNull().default(false),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    cancelRequestedAt: instant("cancel_requested_at"),
  },
  (table) => [
    unique("runs_tenant").on(table.id, table.projectId),
    foreignKey({
      columns: [table.workflowVersionId, table.projectId],
      foreignColumns: [workflowVersions.id, workflowVersions.projectId],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    index("runs_list").on(table.projectId, table.createdAt.desc(), table.id.desc()),
    index("runs_list_by_workflow").on(table.projectId, table.workflowId, table.createdAt.desc(), table.id.desc()),
    // The reconciler and the limits look only at what is under way.
    index("runs_open").on(table.projectId, table.createdAt).where(sql`state in ('queued', 'running')`),
    index("runs_children").on(table.projectId, table.parentRunId).where(sql`parent_run_id is not null`),
    index("runs_followed").on(table.projectId).where(sql`is_followed`),
    // A version is deleted once no run is of it.
    index("runs_version").on(table.workflowVersionId),
    // Usage is counted by when runs ended, and what has ended does not change.
    index("runs_ended").on(table.projectId, table.finishedAt).where(sql`finished_at is not null`),
    tenantPolicy(),
  ],
);

/** The step ledger: a row with an end is final, and whoever runs a step looks here first. */
export const steps = pgTable(
  "steps",
  {
    projectId: projectIdColumn(),
    runId: text("run_id").notNull(),
    nodeId: text("node_id").notNull(),
    state: stepStateEnum("state").notNull(),
    attempt: integer("attempt").notNull().default(1),
    inputs: json("inputs"),
    outputs: json("outputs"),
    error: json("error"),
    /** How far the handler said that it was: `{ fraction, message }`. */
    progress: json("progress"),
    /** The sandbox level that this execution had (`L3`, …). */
    isolation: text("isolation"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    logsPartial: boolean("logs_partial").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.nodeId] }),
    foreignKey({ columns: [table.runId, table.projectId], foreignColumns: [runs.id, runs.projectId] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
);

/** Attempts that were followed by another one; the last attempt is the step's own row. */
export const stepAttempts = pgTable(
  "step_attempts",
  {
    projectId: projectIdColumn(),
    runId: text("run_id").notNull(),
    nodeId: text("node_id").notNull(),
    attempt: integer("attempt").notNull(),
    error: json("error"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.nodeId, table.attempt] }),
    foreignKey({ columns: [table.runId, table.projectId], foreignColumns: [runs.id, runs.projectId] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
);

export const stepLogs = pgTable(
  "step_logs",
  {
    projectId: projectIdColumn(),
    runId: text("run_id").notNull(),
    nodeId: text("node_id").notNull(),
    attempt: integer("attempt").notNull(),
    seq: integer("seq").notNull(),
    at: instant("at").notNull(),
    stream: logStreamEnum("stream").notNull(),
    line: text("line").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.nodeId, table.attempt, table.seq] }),
    foreignKey({ columns: [table.runId, table.projectId], foreignColumns: [runs.id, runs.projectId] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
);
