import { gt, sql } from "drizzle-orm";
import { workers } from "@/drizzle/schema";
import { databaseHandle } from "@/lib/db";
import { type SandboxReport, sandboxReportSchema } from "./sandbox-level";

/** A worker that has not reported for this long counts as gone. */
export const workerGoneMs = 15_000;

export interface WorkerRecord {
  id: string;
  host: string;
  startedAt: Date;
  sandbox: SandboxReport;
}

export async function upsertWorker(worker: WorkerRecord): Promise<void> {
  const row = { ...worker, seenAt: new Date() };
  await databaseHandle()
    .database.insert(workers)
    .values(row)
    .onConflictDoUpdate({ target: workers.id, set: { sandbox: row.sandbox, seenAt: row.seenAt } });
}

export async function removeWorker(id: string): Promise<void> {
  await databaseHandle().database.delete(workers).where(sql`${workers.id} = ${id}`);
}

export async function listLiveWorkers(): Promise<WorkerRecord[]> {
  const since = new Date(Date.now() - workerGoneMs);
  const rows = await databaseHandle().database.select().from(workers).where(gt(workers.seenAt, since));
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    startedAt: row.startedAt,
    sandbox: sandboxReportSchema.parse(row.sandbox),
  }));
}

export async function deleteGoneWorkers(): Promise<void> {
  await databaseHandle().database.delete(workers).where(sql`${workers.seenAt} < now() - interval '1 hour'`);
}

/** A fleet that nobody has heard of for this long was down; what is shorter is a worker that was started again. */
export const downAfterSeconds = 30;
/** How long it is remembered when the fleet was up. */
const keptDays = 90;

export interface Downtime {
  from: Date;
  until: Date;
}

/** Says that a worker is there: the time that began when the first one came goes on, or another one begins. */
export async function noteUptime(): Promise<void> {
  await databaseHandle().database.execute(sql`
    with up as (
      update uptimes set seen_at = now()
      where since = (select max(since) from uptimes)
        and seen_at > now() - make_interval(secs => ${downAfterSeconds})
      returning since
    )
    insert into uptimes (since, seen_at) select now(), now() where not exists (select from up)
    on conflict do nothing
  `);
}

/** When no worker was there, newest first, as far back as `after`. */
export async function listDowntimes(after: Date, limit: number): Promise<Downtime[]> {
  const { rows } = await databaseHandle().database.execute<{ from: string | Date; until: string | Date }>(sql`
    select seen_at as "from", next as until from (
      select seen_at, lead(since) over (order by since) as next from uptimes
    ) up
    where next > seen_at + make_interval(secs => ${downAfterSeconds}) and next > ${after.toISOString()}::timestamptz
    order by next desc limit ${limit}
  `);
  return rows.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) }));
}

export async function deleteOldUptimes(): Promise<void> {
  await databaseHandle().database.execute(
    sql`delete from uptimes where seen_at < now() - make_interval(days => ${keptDays})`,
  );
}
