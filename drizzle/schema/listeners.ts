import { bigint, foreignKey, index, integer, json, pgEnum, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { listenerStates } from "../enums";
import { instant } from "./columns";
import { logStreamEnum } from "./runs";
import { projectIdColumn, tenantPolicy } from "./tenancy";
import { workflows } from "./workflows";

export const listenerStateEnum = pgEnum("listener_state", listenerStates);

/**
 * The listening triggers of live versions, which their workflows in Temporal keep alive. A row without a version is of
 * a workflow that is off the air, until its listener has ended.
 */
export const listeners = pgTable(
  "listeners",
  {
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    workflowVersionId: text("workflow_version_id"),
    /** Another one with each deployment: what listens for an earlier one ends. */
    deployment: text("deployment").notNull(),
    state: listenerStateEnum("state").notNull(),
    /** Since when it is in this state. */
    since: instant("since").notNull().defaultNow(),
    reason: text("reason"),
    nextTryAt: instant("next_try_at"),
    /** In a row. */
    failures: integer("failures").notNull().default(0),
    /** The attempt that listens now: what an earlier one still has to say is not written. */
    holder: text("holder"),
    /** Where its worker lets callers in, `host:port`, while it serves HTTP. */
    address: text("address"),
  },
  (table) => [
    primaryKey({ columns: [table.workflowId] }),
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    index("listeners_project").on(table.projectId),
    tenantPolicy(),
  ],
);

/** What listening triggers remember from one start to the next; a stopped workflow keeps it. */
export const triggerCursors = pgTable(
  "trigger_cursors",
  {
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    key: text("key").notNull(),
    /** A stored value, sealed: sources hand out tokens, too. */
    value: json("value").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workflowId, table.key] }),
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
);

/** The last lines that a workflow's listening trigger wrote, over all its starts. */
export const triggerLogs = pgTable(
  "trigger_logs",
  {
    id: bigint("id", { mode: "number" }).generatedByDefaultAsIdentity().primaryKey(),
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    at: instant("at").notNull(),
    stream: logStreamEnum("stream").notNull(),
    line: text("line").notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    index("trigger_logs_list").on(table.projectId, table.workflowId, table.id.desc()),
    tenantPolicy(),
  ],
);
