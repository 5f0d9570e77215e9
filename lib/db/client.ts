import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import * as schema from "@/drizzle/schema";
import { env } from "@/lib/env";

export type Database = PostgresJsDatabase<typeof schema>;

export interface DatabaseHandle {
  sql: Sql;
  database: Database;
}

/** Opens a pool. Connections are made when first used and again after a lost one. */
export function openDatabase(url: string, options: { maxConnections: number }): DatabaseHandle {
  const sql = postgres(url, {
    max: options.maxConnections,
    // Notices ("relation already exists, skipping") would otherwise go to stdout.
    onnotice: () => {},
    connection: { application_name: "millrace" },
    connect_timeout: 10,
  });
  return { sql, database: drizzle(sql, { schema }) };
}

// Next.js may load this module once per bundle; the pool belongs to the process.
const holder = globalThis as { millraceDatabase?: DatabaseHandle };

export function databaseHandle(): DatabaseHandle {
  holder.millraceDatabase ??= openDatabase(env().DATABASE_URL, { maxConnections: 12 });
  return holder.millraceDatabase;
}

export async function closeDatabase(): Promise<void> {
  await holder.millraceDatabase?.sql.end({ timeout: 5 });
  holder.millraceDatabase = undefined;
}
