import { bigserial, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    /** `user:<id>`, `key:<id>` or `system`. */
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    target: text("target").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("audit_entries_list").on(table.projectId, table.id), tenantPolicy()],
);
