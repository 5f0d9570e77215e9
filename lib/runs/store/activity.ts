import { sql } from "drizzle-orm";
import { z } from "zod";
import { runStates } from "@/drizzle/enums";
import type { Transaction } from "@/lib/db";

const lastRunSchema = z.object({
  workflowId: z.string(),
  id: z.string(),
  state: z.enum(runStates),
  createdAt: z.coerce.date(),
});
export type LastRunRow = z.infer<typeof lastRunSchema>;

/** Each workflow's newest run. One index look-up per workflow, however many runs there are. */
export async function listLastRuns(tx: Transaction, projectId: string, workflowIds: string[]): Promise<LastRunRow[]> {
  const { rows } = await tx.execute(sql`
    select wanted.id as "workflowId", newest.id, newest.state, newest.created_at as "createdAt"
    from json_array_elements_text(${JSON.stringify(workflowIds)}::json) wanted(id)
    cross join lateral (
      select id, state, created_at from runs
      where project_id = ${projectId} and workflow_id = wanted.id
      order by created_at desc, id desc limit 1
    ) newest
  `);
  return z.array(lastRunSchema).parse([...rows]);
}

const hourSchema = z.object({
  workflowId: z.string(),
  /** 0 is the hour that ends now. */
  hoursAgo: z.coerce.number(),
  runs: z.coerce.number(),
  failed: z.coerce.number(),
});
export type HourRow = z.infer<typeof hourSchema>;

/** Runs and failures of the last day, by workflow and hour. */
export async function listHours(tx: Transaction, projectId: string): Promise<HourRow[]> {
  const { rows } = await tx.execute(sql`
    select workflow_id as "workflowId", floor(extract(epoch from now() - created_at) / 3600) as "hoursAgo",
      count(*) as runs, count(*) filter (where state = 'failed') as failed
    from runs where project_id = ${projectId} and created_at > now() - interval '24 hours'
    group by 1, 2
  `);
  return z.array(hourSchema).parse([...rows]);
}

const durationsSchema = z.object({
  workflowId: z.string(),
  p50Ms: z.coerce.number().nullable(),
  p95Ms: z.coerce.number().nullable(),
});
export type DurationsRow = z.infer<typeof durationsSchema>;

/** How long the completed runs of the last day took, by workflow. */
export async function listDurations(tx: Transaction, projectId: string): Promise<DurationsRow[]> {
  const duration = sql`extract(epoch from finished_at - started_at) * 1000`;
  const { rows } = await tx.execute(sql`
    select workflow_id as "workflowId",
      percentile_cont(0.5) within group (order by ${duration}) as "p50Ms",
      percentile_cont(0.95) within group (order by ${duration}) as "p95Ms"
    from runs
    where project_id = ${projectId} and created_at > now() - interval '24 hours' and state = 'completed'
    group by 1
  `);
  return z.array(durationsSchema).parse([...rows]);
}
