import { sql } from "drizzle-orm";
import { boolean, index, pgEnum, pgPolicy, pgTable, primaryKey, serial, text } from "drizzle-orm/pg-core";
import { roles } from "../enums";
import { users } from "./accounts";
import { createdAt } from "./columns";
import { openedProjects, openedSystem, openedUser, projectIdColumn } from "./tenancy";

export const roleEnum = pgEnum("role", roles);

export const projects = pgTable(
  "projects",
  {
    /** Short and public: it stands in URLs. */
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    requireKey: boolean("require_key").notNull().default(true),
    /** Added to the base of the reserved uid range: the host user that this project's sandboxes run as. */
    sandboxNumber: serial("sandbox_number").notNull(),
    createdAt: createdAt(),
  },
  () => [
    pgPolicy("tenant", {
      for: "all",
      to: "public",
      using: sql`id = any (${openedProjects}::text[]) or id in (select project_id from memberships where user_id = ${openedUser})`,
      withCheck: sql`id = any (${openedProjects}::text[])`,
    }),
    // Housekeeping asks which projects there are, then opens them by name.
    pgPolicy("system_directory", { for: "select", to: "public", using: sql`${openedSystem} = 'on'` }),
  ],
);

export const memberships = pgTable(
  "memberships",
  {
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: roleEnum("role").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.userId] }),
    index("memberships_user").on(table.userId),
    pgPolicy("tenant", {
      for: "all",
      to: "public",
      using: sql`project_id = any (${openedProjects}::text[]) or user_id = ${openedUser}`,
      withCheck: sql`project_id = any (${openedProjects}::text[])`,
    }),
  ],
);
