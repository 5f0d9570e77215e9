import { getTableColumns, is, sql } from "drizzle-orm";
import { PgJson, PgJsonb, PgTable, PgText } from "drizzle-orm/pg-core";
import * as schema from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";

/** Deletes ended runs that were started so many days ago, with what hangs on them; returns how many. */
export async function deleteExpiredRuns(
  tx: Transaction,
  projectId: string,
  days: number,
  limit: number,
): Promise<number> {
  const { rows } = await tx.execute(sql`
    delete from runs where id in (
      select id from runs
      where project_id = ${projectId} and state in ('completed', 'failed', 'canceled')
        and created_at < now() - make_interval(days => ${days})
      order by created_at limit ${limit}
    ) returning id
  `);
  return rows.length;
}

export async function deleteExpiredEvents(
  tx: Transaction,
  projectId: string,
  days: number,
  limit: number,
): Promise<number> {
  const { rows } = await tx.execute(sql`
    delete from trigger_events where id in (
      select id from trigger_events
      where project_id = ${projectId} and at < now() - make_interval(days => ${days}) limit ${limit}
    ) returning id
  `);
  return rows.length;
}

/**
 * Deletes versions that were made only to be tried out and that no run is of any more. They are held first: a run that
 * is written meanwhile is either seen here, or finds its version gone.
 */
export async function deleteUnusedTestVersions(tx: Transaction, projectId: string, limit: number): Promise<number> {
  const candidates = sql`
    select id from workflow_versions
    where project_id = ${projectId} and number is null and created_at < now() - interval '1 day'
      and not exists (select from runs where runs.project_id = ${projectId} and runs.workflow_version_id = workflow_versions.id)
    limit ${limit} for update skip locked
  `;
  const { rows: held } = await tx.execute<{ id: string }>(candidates);
  if (held.length === 0) return 0;
  const { rows } = await tx.execute(sql`
    delete from workflow_versions
    where id in (select json_array_elements_text(${JSON.stringify(held.map(({ id }) => id))}::json))
      and not exists (select from runs where runs.project_id = ${projectId} and runs.workflow_version_id = workflow_versions.id)
    returning id
  `);
  return rows.length;
}

/** Columns that may name blobs: all that hold JSON, and texts that say so by their name. Tables to come are among them. */
function namingColumns(): { table: PgTable; column: string }[] {
  const tables = Object.values<unknown>(schema).filter((value): value is PgTable => is(value, PgTable));
  return tables.flatMap((table) => {
    const columns = Object.values(getTableColumns(table));
    if (!columns.some(({ name }) => name === "project_id")) return [];
    const naming = columns.filter(
      (column) => is(column, PgJson) || is(column, PgJsonb) || (is(column, PgText) && column.name.endsWith("_blob")),
    );
    return naming.map(({ name }) => ({ table, column: name }));
  });
}

/** Every digest that something of the project names; what merely looks like one is among them. */
const namedDigests = (projectId: string) =>
  sql.join(
    namingColumns().map(
      ({ table, column }) => sql`
        select (regexp_matches(${sql.identifier(column)}::text, '\\m[0-9a-f]{64}\\M', 'g'))[1] as digest
        from ${table} where project_id = ${projectId}
      `,
    ),
    sql` union all `,
  );

/** Marks blobs that nothing names, and takes the mark from those that something names again. */
export async function markUnusedBlobs(tx: Transaction, projectId: string): Promise<void> {
  await tx.execute(sql`
    with named as materialized (select distinct digest from (${namedDigests(projectId)}) found), judged as (
      select sha256, unused_since is not null as was_unused, not exists (
        select from named where digest = blobs.sha256
      ) as is_unused
      from blobs where project_id = ${projectId}
    )
    update blobs set unused_since = case when is_unused then now() end
    from judged
    where blobs.project_id = ${projectId} and blobs.sha256 = judged.sha256 and was_unused <> is_unused
  `);
}

/**
 * Forgets blobs that have been unused for so long, and returns their digests. Until the transaction ends, whoever stores
 * one of them again waits.
 */
export async function forgetUnusedBlobs(
  tx: Transaction,
  projectId: string,
  graceHours: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await tx.execute<{ sha256: string }>(sql`
    delete from blobs where (project_id, sha256) in (
      select project_id, sha256 from blobs
      where project_id = ${projectId} and unused_since < now() - make_interval(hours => ${graceHours})
        and stored_at < now() - make_interval(hours => ${graceHours})
      order by unused_since limit ${limit} for update skip locked
    ) returning sha256
  `);
  return rows.map(({ sha256 }) => sha256);
}

/** Refusals and hours are shown for thirty days. */
export async function deleteOldUsage(tx: Transaction, projectId: string): Promise<void> {
  await tx.execute(sql`
    delete from limit_refusals where project_id = ${projectId} and hour < now() - interval '32 days'
  `);
  await tx.execute(sql`
    delete from usage_hours where project_id = ${projectId} and hour < now() - interval '32 days'
  `);
}
