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
