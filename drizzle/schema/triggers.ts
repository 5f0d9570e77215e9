import { sql } from "drizzle-orm";
import { foreignKey, index, integer, json, pgEnum, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { eventOutcomes } from "../enums";
import { instant } from "./columns";
import { projectIdColumn, tenantPolicy } from "./tenancy";
import { workflows } from "./workflows";

export const eventOutcomeEnum = pgEnum("event_outcome", eventOutcomes);

/** What came in from outside, and what became of it. Plain calls of endpoints have no event: they are their runs. */
export const triggerEvents = pgTable(
  "trigger_events",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    workflowVersionId: text("workflow_version_id"),
    /** When it came in, which for what was made up for is later than its own time. */
    at: instant("at").notNull().defaultNow(),
    /** The event's own time, where it has one: a clock's slot. */
    occurredAt: instant("occurred_at"),
    kind: text("kind").notNull(),
    /** What tells the event from others of its workflow: a delivery id, a slot, an `Idempotency-Key`. */
    identity: text("identity").notNull(),
    /** A keyed digest of what came with it, where the same identity with something else is a mistake. */
    digest: text("digest"),
    outcome: eventOutcomeEnum("outcome").notNull(),
    /** Of times of a clock that were missed together: the last of them, `occurredAt` being the first. */
    missedUntil: instant("missed_until"),
    missedCount: integer("missed_count"),
    runId: text("run_id"),
    reason: text("reason"),
    /** The trigger's outputs, as stored values by name: what a re-delivery starts from. */
    input: json("input"),
    redeliveryOf: text("redelivery_of"),
  },
  (table) => [
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    // Of two machines that have the same event, one claims it.
    uniqueIndex("trigger_events_claim")
      .on(table.projectId, table.workflowId, table.identity)
      .where(sql`outcome in ('pending', 'started')`),
    index("trigger_events_list").on(table.projectId, table.workflowId, table.at.desc(), table.id.desc()),
    tenantPolicy(),
  ],
);

/**
 * The clocks of live versions, which their schedules in Temporal are made to match. A row without a version is of a
 * workflow that is off the air, until its schedule is gone.
 */
export const clocks = pgTable(
  "clocks",
  {
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    workflowVersionId: text("workflow_version_id"),
    settings: json("settings").notNull(),
    /** Where its times are counted from: kept by deployments that change nothing of them. */
    since: instant("since").notNull(),
    /** When the only run of a clock that starts one was started. */
    endedAt: instant("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.workflowId] }),
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    index("clocks_project").on(table.projectId),
    tenantPolicy(),
  ],
);

/** The triggers of live versions that start after other workflows' runs. */
export const followers = pgTable(
  "followers",
  {
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    workflowVersionId: text("workflow_version_id").notNull(),
    /** Whose runs; null for those of all other workflows. */
    followedId: text("followed_id"),
    /** The ends that are told of: `completed`, `failed`, `canceled`. */
    states: text("states").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workflowId] }),
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    index("followers_project").on(table.projectId),
    tenantPolicy(),
  ],
);
