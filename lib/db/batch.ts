import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { databaseHandle } from "./client";

const dialect = new PgDialect();

export type BatchRow = Record<string, unknown>;

/**
 * A transaction whose statements are all known beforehand: `begin`, the projects, the statements and `commit` go to the
 * server in one round trip. For the path of every call; elsewhere `inProject` reads better.
 * @returns each statement's rows, with columns as the database names them and times as text
 */
export async function batchInProjects(projectIds: string[], statements: SQL[]): Promise<BatchRow[][]> {
  const connection = await databaseHandle().sql.reserve();
  try {
    const opening = [
      connection`begin`,
      connection`select set_config('millrace.project_ids', ${projectIds.join(",")}, true)`,
    ];
    const asked = statements.map((statement) => {
      const { sql, params } = dialect.sqlToQuery(statement);
      return connection.unsafe(sql, params as string[], { prepare: true });
    });
    // A statement that fails aborts the transaction, and the commit then rolls it back.
    const sent = [...opening, ...asked, connection`commit`].map((query) => query.execute());
    const settled = await Promise.allSettled(sent);
    for (const result of settled) if (result.status === "rejected") throw result.reason;
    return settled
      .slice(opening.length, -1)
      .map((result) => [...((result as PromiseFulfilledResult<unknown>).value as BatchRow[])]);
  } finally {
    connection.release();
  }
}
