import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "@/lib/db";

/** An hour that is over is counted this long after its end: the last of its runs' ends may still be being written. */
const settleMinutes = 5;

/** Runs by how they ended, and what their steps took; steps whose results a replay only took over count once. */
const counted = sql`
  count(*) filter (where runs.state = 'completed')::int as completed,
  count(*) filter (where runs.state = 'failed')::int as failed,
  count(*) filter (where runs.state = 'canceled')::int as canceled,
  coalesce(sum(taken.ms), 0)::bigint as step_ms
`;
const stepTime = sql`
  cross join lateral (
    select sum(extract(epoch from steps.finished_at - steps.started_at) * 1000) as ms from steps
    where steps.run_id = runs.id and steps.started_at >= runs.created_at and steps.finished_at is not null
  ) taken
`;

/**
 * Counts the hours that are over and not counted yet, of these projects. The last one counted is counted once more with
 * them, for ends that were written late. Done twice, or broken off, it comes to the same.
 */
export async function rollUpUsage(tx: Transaction, projectIds: string[]): Promise<void> {
  await tx.execute(sql`
    with due as (
      select projects.id, known.last
      from projects
      cross join lateral (select coalesce(max(hour), '-infinity') as last from usage_hours where project_id = projects.id) known
      where projects.id in (select json_array_elements_text(${JSON.stringify(projectIds)}::json))
        and exists (
          select from runs where runs.project_id = projects.id and runs.finished_at is not null
            and runs.finished_at >= known.last + interval '1 hour'
            and runs.finished_at < date_trunc('hour', now() - make_interval(mins => ${settleMinutes}))
        )
    )
    insert into usage_hours (project_id, hour, completed, failed, canceled, step_ms)
    select runs.project_id, date_trunc('hour', runs.finished_at) as hour, ${counted}
    from due join runs on runs.project_id = due.id ${stepTime}
    where runs.finished_at >= due.last
      and runs.finished_at < date_trunc('hour', now() - make_interval(mins => ${settleMinutes}))
    group by 1, 2
    on conflict (project_id, hour) do update set completed = excluded.completed, failed = excluded.failed,
      canceled = excluded.canceled, step_ms = excluded.step_ms
  `);
}

const amountsSchema = z.object({
  hour: z.coerce.date(),
  completed: z.coerce.number(),
  failed: z.coerce.number(),
  canceled: z.coerce.number(),
  stepMs: z.coerce.number(),
});
export type HourOfUsage = z.infer<typeof amountsSchema>;

/** The hours of so many days in which something ended; those not rolled up yet are counted on the spot. */
export async function listHours(tx: Transaction, projectId: string, days: number): Promise<HourOfUsage[]> {
  const since = sql`date_trunc('day', now() at time zone 'utc') at time zone 'utc' - make_interval(days => ${days - 1})`;
  const { rows } = await tx.execute(sql`
    with known as (select coalesce(max(hour) + interval '1 hour', '-infinity') as until from usage_hours where project_id = ${projectId})
    select hour, completed, failed, canceled, step_ms as "stepMs"
    from usage_hours where project_id = ${projectId} and hour >= ${since}
    union all
    select date_trunc('hour', runs.finished_at), ${counted}
    from runs ${stepTime}
    where runs.project_id = ${projectId} and runs.finished_at >= greatest((select until from known), ${since})
    group by 1
  `);
  return z.array(amountsSchema).parse([...rows]);
}

const refusedSchema = z.object({ hour: z.coerce.date(), limit: z.string(), count: z.coerce.number() });
export type HourOfRefusals = z.infer<typeof refusedSchema>;

export async function listRefusals(tx: Transaction, projectId: string, days: number): Promise<HourOfRefusals[]> {
  const { rows } = await tx.execute(sql`
    select hour, limit_name as limit, count from limit_refusals
    where project_id = ${projectId} and hour > now() - make_interval(days => ${days})
  `);
  return z.array(refusedSchema).parse([...rows]);
}

const inUseSchema = z.object({
  openRuns: z.coerce.number(),
  runsLastMinute: z.coerce.number(),
  runningSteps: z.coerce.number(),
  listeningTriggers: z.coerce.number(),
  oldestRunAt: z.coerce.date().nullable(),
});
export type InUse = z.infer<typeof inUseSchema>;

/** What counts against limits at this moment. */
export async function findInUse(tx: Transaction, projectId: string): Promise<InUse> {
  const { rows } = await tx.execute(sql`
    select
      (select count(*) from runs where project_id = ${projectId} and state in ('queued', 'running')) as "openRuns",
      (select count(*) from runs where project_id = ${projectId} and created_at > now() - interval '1 minute') as "runsLastMinute",
      (
        select count(*) from runs join steps on steps.run_id = runs.id and steps.state = 'running'
        where runs.project_id = ${projectId} and runs.state in ('queued', 'running')
      ) as "runningSteps",
      (
        select count(*) from listeners where project_id = ${projectId} and workflow_version_id is not null
      ) as "listeningTriggers",
      (select min(created_at) from runs where project_id = ${projectId}) as "oldestRunAt"
  `);
  return inUseSchema.parse(rows[0]);
}

const storedSchema = z.object({ kind: z.string(), bytes: z.coerce.number(), blobs: z.coerce.number() });

export async function sumStorage(tx: Transaction, projectId: string) {
  const { rows } = await tx.execute(sql`
    select kind, sum(size) as bytes, count(*) as blobs from blobs where project_id = ${projectId} group by kind
  `);
  return z.array(storedSchema).parse([...rows]);
}
