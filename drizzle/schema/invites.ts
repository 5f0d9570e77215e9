import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, instant } from "./columns";
import { projects, roleEnum } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

/** Links that make whoever holds one a member; only a hash of the link's token is kept. */
export const invites = pgTable(
  "invites",
  {
    id: text("id").primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    role: roleEnum("role").notNull(),
    /** The only account that may take it up; null for whoever has the link. */
    email: text("email"),
    hash: text("hash").notNull(),
    invitedBy: text("invited_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    acceptedBy: text("accepted_by").references(() => users.id, { onDelete: "set null" }),
    acceptedAt: instant("accepted_at"),
  },
  (table) => [
    index("invites_hash").on(table.projectId, table.hash),
    // An address is invited once at a time.
    uniqueIndex("invites_email_unique").on(table.projectId, table.email).where(sql`accepted_at is null`),
    tenantPolicy(),
  ],
);
