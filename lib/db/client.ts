import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import * as schema from "@/drizzle/schema";
import { env } from "@/lib/env";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";

export type Database = NodePgDatabase<typeof schema>;

export interface DatabaseHandle {
  pool: Pool;
  database: Database;
}

/**
 * What a transaction holds, a machine that has frozen or lost its power would hold until somebody noticed: whoever takes
 * over from it would wait. Set by a statement, since poolers refuse it as a parameter of the connection.
 */
const endIdleTransactions = "set idle_in_transaction_session_timeout = '8s'";

/** Opens a pool. Connections are made when first used and again after a lost one. */
export function openDatabase(url: string, options: { maxConnections: number }): DatabaseHandle {
  const pool = new Pool({
    connectionString: url,
    max: options.maxConnections,
    application_name: "millrace",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Statements that do not wait for each other's answers go out together.
    pipeline: true,
  });
  // Whoever waits for an answer hears of a lost connection by a rejection; without a listener, one that nobody waits on
  // would end the process.
  const lost = (error: Error) => logger.debug({ reason: messageOf(error) }, "a database connection was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => {
    client.on("error", lost);
    client.query(endIdleTransactions).catch(lost);
  });
  return { pool, database: drizzle({ client: pool, schema }) };
}

// Next.js may load this module once per bundle; the pool belongs to the process.
const holder = globalThis as { millraceDatabase?: DatabaseHandle };

export function databaseHandle(): DatabaseHandle {
  holder.millraceDatabase ??= openDatabase(env().DATABASE_URL, { maxConnections: 12 });
  return holder.millraceDatabase;
}

export async function closeDatabase(): Promise<void> {
  await holder.millraceDatabase?.pool.end();
  holder.millraceDatabase = undefined;
}
