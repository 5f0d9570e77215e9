import { sql } from "drizzle-orm";
import { pgPolicy, text } from "drizzle-orm/pg-core";

/**
 * The projects that the current transaction has opened (see `lib/db/transaction.ts`). The sub-select makes Postgres
 * evaluate the setting once per statement instead of once per row.
 */
export const openedProjects = sql`(select string_to_array(current_setting('millrace.project_ids', true), ','))`;
export const openedSystem = sql`(select current_setting('millrace.system', true))`;
export const openedUser = sql`(select current_setting('millrace.user_id', true))`;

/** The policy that every table with a `project_id` carries. Migration 0001 forces it on the table's owner as well. */
export function tenantPolicy() {
  const inOpenedProject = sql`project_id = any (${openedProjects}::text[])`;
  return pgPolicy("tenant", { for: "all", to: "public", using: inOpenedProject, withCheck: inOpenedProject });
}

export const projectIdColumn = () => text("project_id").notNull();
