import { index, json, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { sourceSchedules, sourceStates } from "../enums";
import { createdAt, instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

export const sourceStateEnum = pgEnum("source_state", sourceStates);
export const sourceScheduleEnum = pgEnum("source_schedule", sourceSchedules);

/** Git repositories that a project takes packages from. */
export const sources = pgTable(
  "sources",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    /** Null for the repository's default branch. */
    branch: text("branch"),
    schedule: sourceScheduleEnum("schedule").notNull().default("manual"),
    /** What may be shown of the credentials, and the rest encrypted (`lib/sources/credentials.ts`). */
    credentials: json("credentials"),
    /** What an SSH server proved itself by at the first scan, as `known_hosts` lines. */
    hostKeys: text("host_keys"),
    /** Of the token whose link has the repository scanned. */
    hookHash: text("hook_hash"),
    state: sourceStateEnum("state").notNull().default("waiting"),
    /** Why the last scan could not be done. */
    problem: text("problem"),
    /** The commit that was scanned last, with its branch and message (`lib/sources/found.ts`). */
    commit: json("commit"),
    /** The packages in that commit. */
    found: json("packages").notNull().default([]),
    scanRequestedAt: instant("scan_requested_at"),
    scannedAt: instant("scanned_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("sources_identity").on(table.projectId, table.url, table.branch).nullsNotDistinct(),
    index("sources_hook").on(table.projectId, table.hookHash),
    tenantPolicy(),
  ],
);
