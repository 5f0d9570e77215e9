import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** The fleet, as each worker last reported itself. Not tenant data. */
export const workers = pgTable("workers", {
  id: text("id").primaryKey(),
  host: text("host").notNull(),
  /** What its sandbox can hold (`SandboxReport` of `lib/sandbox`). */
  sandbox: jsonb("sandbox").notNull(),
  startedAt: instant("started_at").notNull(),
  seenAt: instant("seen_at").notNull(),
});

/** The times in which there was a worker at all; between them the fleet was down. Not tenant data. */
export const uptimes = pgTable("uptimes", {
  since: instant("since").primaryKey(),
  seenAt: instant("seen_at").notNull(),
});
