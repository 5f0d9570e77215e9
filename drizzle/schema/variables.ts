import { boolean, json, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { projects } from "./projects";
import { projectIdColumn, tenantPolicy } from "./tenancy";

export const variables = pgTable(
  "variables",
  {
    projectId: projectIdColumn().references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    type: text("type").notNull(),
    secret: boolean("secret").notNull().default(false),
    description: text("description").notNull().default(""),
    /** A stored value (`lib/values/stored.ts`): encrypted when the variable is secret. */
    value: json("value").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.name] }), tenantPolicy()],
);
