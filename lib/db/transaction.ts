import { sql } from "drizzle-orm";
import { type Database, databaseHandle } from "./client";
import { tellAfterCommit } from "./notifications";

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

async function withSetting<T>(name: string, value: string, run: (tx: Transaction) => Promise<T>): Promise<T> {
  let opened: Transaction | undefined;
  const result = await databaseHandle().database.transaction(async (tx) => {
    opened = tx;
    // Not awaited before `run`: the driver sends both on one connection in order, which saves a round trip. Should it
    // fail, the transaction is aborted and every later statement fails with it.
    const setting = tx.execute(sql`select set_config(${name}, ${value}, true)`).then();
    setting.catch(() => {});
    const output = await run(tx);
    await setting;
    return output;
  });
  if (opened) tellAfterCommit(opened);
  return result;
}

/** The only way to a tenant's rows: a transaction in which row security shows this project and no other. */
export function inProject<T>(projectId: string, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return inProjects([projectId], run);
}

/** For group commits and housekeeping, which serve several named projects in one statement. */
export function inProjects<T>(projectIds: string[], run: (tx: Transaction) => Promise<T>): Promise<T> {
  return withSetting("millrace.project_ids", projectIds.join(","), run);
}

/** A user's own view: the projects and memberships that are theirs. */
export function asUser<T>(userId: string, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return withSetting("millrace.user_id", userId, run);
}

/** Housekeeping's view: which projects there are, and nothing in them. */
export function asSystem<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  return withSetting("millrace.system", "on", run);
}

/** For tables that belong to no tenant: accounts and their tokens. */
export async function inTransaction<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  let opened: Transaction | undefined;
  const result = await databaseHandle().database.transaction((tx) => {
    opened = tx;
    return run(tx);
  });
  if (opened) tellAfterCommit(opened);
  return result;
}
