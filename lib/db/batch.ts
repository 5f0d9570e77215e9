import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { databaseHandle } from "./client";

const dialect = new PgDialect();

export type BatchRow = Record<string, unknown>;

/**
 * A transaction whose statements are all known beforehand, which go to the server together instead of one after the
 * other. For the path of every call; elsewhere `inProject` reads better.
 * @returns each statement's rows, with columns as the database names them and times as text
 */
export async function batchInProjects(projectIds: string[], statements: SQL[]): Promise<BatchRow[][]> {
  const results = await databaseHandle().sql.begin((connection) => [
    connection`select set_config('millrace.project_ids', ${projectIds.join(",")}, true)`,
    ...statements.map((statement) => {
      const { sql, params } = dialect.sqlToQuery(statement);
      return connection.unsafe(sql, params as string[], { prepare: true });
    }),
  ]);
  return results.slice(1).map((rows) => [...(rows as BatchRow[])]);
}
