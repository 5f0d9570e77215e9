import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { projectLimits } from "@/drizzle/schema";
import { batchInProjects, type Transaction } from "@/lib/db";
import { limitNames, type SomeLimits } from "./names";

const someLimitsSchema: z.ZodType<SomeLimits> = z
  .record(z.string(), z.number())
  // One that there is no more is nobody's limit.
  .transform((known) => Object.fromEntries(limitNames.flatMap((name) => (name in known ? [[name, known[name]]] : []))));

export interface LimitRow {
  caps: SomeLimits;
  chosen: SomeLimits;
}

export async function findLimitRow(tx: Transaction, projectId: string): Promise<LimitRow> {
  const [row] = await tx.select().from(projectLimits).where(eq(projectLimits.projectId, projectId));
  return { caps: someLimitsSchema.parse(row?.caps ?? {}), chosen: someLimitsSchema.parse(row?.chosen ?? {}) };
}

/** Holds the project's row for the transaction, so that two changes at once are both kept. */
export async function lockLimitRow(tx: Transaction, projectId: string): Promise<LimitRow> {
  await tx.insert(projectLimits).values({ projectId }).onConflictDoNothing();
  await tx.select().from(projectLimits).where(eq(projectLimits.projectId, projectId)).for("update");
  return findLimitRow(tx, projectId);
}

export async function updateLimitRow(tx: Transaction, projectId: string, change: Partial<LimitRow>): Promise<void> {
  await tx
    .update(projectLimits)
    .set({ ...change, updatedAt: new Date() })
    .where(eq(projectLimits.projectId, projectId));
}

export interface Refusals {
  projectId: string;
  limitName: string;
  count: number;
}

/** Counts what was refused within the current hour. */
export async function addRefusals(refused: Refusals[]): Promise<void> {
  const projectIds = [...new Set(refused.map(({ projectId }) => projectId))];
  await batchInProjects(projectIds, [
    sql`
      insert into limit_refusals as known (project_id, hour, limit_name, count)
      select "projectId", date_trunc('hour', now()), "limitName", count
      from json_to_recordset(${JSON.stringify(refused)}::json) as refused ("projectId" text, "limitName" text, count int)
      where exists (select from projects where projects.id = "projectId")
      on conflict (project_id, hour, limit_name) do update set count = known.count + excluded.count
    `,
  ]);
}
