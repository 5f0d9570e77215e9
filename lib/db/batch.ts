import { setTimeout as delay } from "node:timers/promises";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { databaseHandle } from "./client";

const dialect = new PgDialect();
const lostAfterMs = 1_000;

export type BatchRow = Record<string, unknown>;

type Queries = PromiseLike<unknown>[];

/**
 * Resolves with whether the connection is still good. One that was lost is taken back by the driver itself, and would
 * be handed out dead if it were released; of its queries, those that were not sent yet are never settled.
 */
async function outlived(queries: Queries, error: unknown): Promise<boolean> {
  const isRefusal = error instanceof postgres.PostgresError && error.severity === "ERROR";
  if (!isRefusal) return false;
  const all = Promise.allSettled(queries).then((settled) =>
    settled.every((result) => result.status === "fulfilled" || result.reason instanceof postgres.PostgresError),
  );
  return Promise.race([all, delay(lostAfterMs, false)]);
}

/**
 * A transaction whose statements are all known beforehand: `begin`, the projects, the statements and `commit` go to the
 * server in one round trip. For the path of every call; elsewhere `inProject` reads better.
 * @returns each statement's rows, with columns as the database names them and times as text
 */
export async function batchInProjects(projectIds: string[], statements: SQL[]): Promise<BatchRow[][]> {
  const connection = await databaseHandle().sql.reserve();
  const opening = [
    connection`begin`,
    connection`select set_config('millrace.project_ids', ${projectIds.join(",")}, true)`,
  ];
  const asked = statements.map((statement) => {
    const { sql, params } = dialect.sqlToQuery(statement);
    return connection.unsafe(sql, params as string[], { prepare: true });
  });
  // A statement that fails aborts the transaction, and the commit then rolls it back.
  const queries = [...opening, ...asked, connection`commit`].map((query) => query.execute());
  try {
    const results = await Promise.all(queries);
    connection.release();
    return results.slice(opening.length, -1).map((rows) => [...(rows as BatchRow[])]);
  } catch (error) {
    if (await outlived(queries, error)) connection.release();
    throw error;
  }
}
