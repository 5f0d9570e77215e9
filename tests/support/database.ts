import postgres, { type Sql, type TransactionSql } from "postgres";
import { instance } from "./instance";

/** A connection as the application role, which row security binds. End it when done. */
export function connectAsApplication(): Sql {
  return postgres(instance().databaseUrl, { max: 4, onnotice: () => {} });
}

/** Runs statements as the application would with these projects opened; none opens nothing. */
export async function withProjects<T>(
  sql: Sql,
  projectIds: string[],
  run: (tx: TransactionSql) => Promise<T>,
): Promise<T> {
  const result = await sql.begin(async (tx) => {
    await tx`select set_config('millrace.project_ids', ${projectIds.join(",")}, true)`;
    return run(tx);
  });
  return result as T;
}
