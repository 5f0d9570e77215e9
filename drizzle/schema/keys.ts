import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

export const apiKeys = pgTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** The first characters of the key, to recognise it by. */
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    // A revoked key's name may be used again.
    uniqueIndex("api_keys_name_unique").on(table.projectId, table.name).where(sql`revoked_at is null`),
    index("api_keys_hash").on(table.projectId, table.hash),
    tenantPolicy(),
  ],
);
