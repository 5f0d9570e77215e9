import { bigint, index, integer, json, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

/** What a project may use, where that differs from the platform's (`lib/limits/names.ts`). */
export const projectLimits = pgTable(
  "project_limits",
  {
    projectId: projectIdColumn()
      .primaryKey()
      .references(() => projects.id, { onDelete: "cascade" }),
    /** The operator's, by limit: above or below what the platform gives every project. */
    caps: json("caps").notNull().default({}),
    /** What the project's own admins hold it to, which counts as far as it is lower. */
    chosen: json("chosen").notNull().default({}),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  () => [tenantPolicy()],
);

/** How often limits have refused something, by the hour. */
export const limitRefusals = pgTable(
  "limit_refusals",
  {
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    hour: instant("hour").notNull(),
    limitName: text("limit_name").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.hour, table.limitName] }), tenantPolicy()],
);

/** What ended in each hour that is over: kept when the runs themselves are deleted. */
export const usageHours = pgTable(
  "usage_hours",
  {
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    hour: instant("hour").notNull(),
    completed: integer("completed").notNull(),
    failed: integer("failed").notNull(),
    canceled: integer("canceled").notNull(),
    /** How long steps took in all, by the wall clock. */
    stepMs: bigint("step_ms", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.hour] }), tenantPolicy()],
);

/** The blobs that are stored, so that they can be counted, and collected once nothing names them any more. */
export const blobs = pgTable(
  "blobs",
  {
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    sha256: text("sha256").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    /** `package`, `value` or `file`: what it was first stored as. */
    kind: text("kind").notNull(),
    /** When somebody last stored it. */
    storedAt: instant("stored_at").notNull().defaultNow(),
    /** Since when it is known that nothing names it. */
    unusedSince: instant("unused_since"),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.sha256] }),
    index("blobs_unused").on(table.projectId, table.unusedSince),
    tenantPolicy(),
  ],
);
