import {
  bigint,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { actionKinds, actionVersionStates } from "../enums";
import { createdAt, instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

export const actionVersionStateEnum = pgEnum("action_version_state", actionVersionStates);
export const actionKindEnum = pgEnum("action_kind", actionKinds);

export const actionVersions = pgTable(
  "action_versions",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    /** `spec.id` of the metadata. */
    actionId: text("action_id").notNull(),
    version: text("version").notNull(),
    kind: actionKindEnum("kind").notNull(),
    /** Where it came from: `upload`, `builtin`, `catalogue`, `git`. */
    source: text("source").notNull(),
    /** sha256 over the package's files: same content, same version. */
    contentHash: text("content_hash").notNull(),
    /** The package as a zip, by its blob's digest. */
    packageBlob: text("package_blob").notNull(),
    packageSize: bigint("package_size", { mode: "number" }).notNull(),
    /** What the rest of the product reads of the metadata (`ActionInterface`). */
    interface: json("interface").notNull(),
    warnings: jsonb("warnings").notNull().default([]),
    state: actionVersionStateEnum("state").notNull().default("pending"),
    buildError: text("build_error"),
    /** Names the built dependency folder; null where a version has no dependencies. */
    depsHash: text("deps_hash"),
    /** The resolved dependencies with their hashes: what a rebuild on another machine installs. */
    lock: text("lock"),
    createdAt: createdAt(),
    builtAt: instant("built_at"),
  },
  (table) => [
    unique("action_versions_tenant").on(table.id, table.projectId),
    unique("action_versions_identity").on(table.projectId, table.actionId, table.version),
    tenantPolicy(),
  ],
);

/** What handlers of an action may reach, whatever its version; an action without a row has no network. */
export const actionGrants = pgTable(
  "action_grants",
  {
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    actionId: text("action_id").notNull(),
    policy: text("policy").notNull(),
    hosts: jsonb("hosts").notNull(),
    grantedAt: instant("granted_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.actionId] }), tenantPolicy()],
);

export const buildLogs = pgTable(
  "build_logs",
  {
    projectId: projectIdColumn(),
    actionVersionId: text("action_version_id").notNull(),
    seq: integer("seq").notNull(),
    at: instant("at").notNull(),
    line: text("line").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.actionVersionId, table.seq] }),
    foreignKey({
      columns: [table.actionVersionId, table.projectId],
      foreignColumns: [actionVersions.id, actionVersions.projectId],
    }).onDelete("cascade"),
    index("build_logs_project").on(table.projectId),
    tenantPolicy(),
  ],
);
