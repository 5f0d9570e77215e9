import { foreignKey, index, integer, json, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

export const workflows = pgTable(
  "workflows",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    tags: text("tags").array().notNull().default([]),
    /** The draft: what is edited. */
    definition: json("definition").notNull(),
    /** Raised by each change of the draft, so that two editors notice each other. */
    revision: integer("revision").notNull().default(1),
    /** The version that calls reach; null while nothing is live. */
    liveVersionId: text("live_version_id"),
    /** The newest version's number; the next one is one more. */
    lastVersionNumber: integer("last_version_number").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("workflows_tenant").on(table.id, table.projectId),
    index("workflows_project").on(table.projectId, table.updatedAt),
    tenantPolicy(),
  ],
);

export const workflowVersions = pgTable(
  "workflow_versions",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    /** Null for what was published only to be tried out: it has no place in the history and is never live. */
    number: integer("number"),
    definition: json("definition").notNull(),
    plan: json("plan").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("workflow_versions_tenant").on(table.id, table.projectId),
    unique("workflow_versions_number").on(table.workflowId, table.number),
    foreignKey({
      columns: [table.workflowId, table.projectId],
      foreignColumns: [workflows.id, workflows.projectId],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
);

/** Which action versions a workflow version runs, so that one in use cannot be deleted. */
export const workflowVersionActions = pgTable(
  "workflow_version_actions",
  {
    projectId: projectIdColumn(),
    workflowVersionId: text("workflow_version_id").notNull(),
    actionVersionId: text("action_version_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workflowVersionId, table.actionVersionId] }),
    foreignKey({
      columns: [table.workflowVersionId, table.projectId],
      foreignColumns: [workflowVersions.id, workflowVersions.projectId],
    }).onDelete("cascade"),
    index("workflow_version_actions_action").on(table.projectId, table.actionVersionId),
    tenantPolicy(),
  ],
);

/** The endpoints of live versions. The unique index is what refuses two live workflows on one method and path. */
export const endpoints = pgTable(
  "endpoints",
  {
    projectId: projectIdColumn(),
    workflowId: text("workflow_id").notNull(),
    workflowVersionId: text("workflow_version_id").notNull(),
    method: text("method").notNull(),
    /** The template as written, `/weather/{city}`. */
    path: text("path").notNull(),
    /** The template with its parameters' names taken out, `/weather/{}`: what clashes. */
    shape: text("shape").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workflowId] }),
    unique("endpoints_route").on(table.projectId, table.method, table.shape),
    foreignKey({
      columns: [table.workflowVersionId, table.projectId],
      foreignColumns: [workflowVersions.id, workflowVersions.projectId],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
);
