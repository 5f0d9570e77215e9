import type { TransactionSql } from "postgres";
import { connectAsApplication, withProjects } from "@/tests/support/database";

const days = 28;

/**
 * Writes runs that have been: evenly over four weeks and the live versions, nine of ten completed. They are rows like
 * those of real runs, with the steps that such a run leaves.
 */
export async function writeHistory(projectId: string, count: number): Promise<void> {
  const sql = connectAsApplication();
  try {
    await withProjects(sql, [projectId], async (tx) => {
      await writeRuns(tx, projectId, count);
      await writeSteps(tx, projectId);
    });
  } finally {
    await sql.end();
  }
}

async function writeRuns(tx: TransactionSql, projectId: string, count: number): Promise<void> {
  await tx`
    with versions as (
      select id, workflow_id, row_number() over (order by id) - 1 as place, count(*) over () as total
      from workflow_versions
      where project_id = ${projectId} and plan -> 'endpoint' ->> 'path' is not null
    ), planned as (
      select n, now() - (n * interval '1 second' * ${(days * 24 * 3600) / count}) as at,
        case when n % 10 = 3 then 'failed' when n % 97 = 5 then 'canceled' else 'completed' end as state
      from generate_series(1, ${count}::int) n
    )
    insert into runs (id, project_id, workflow_id, workflow_version_id, state, source, input, result, error, http_status,
      answered_status, created_at, started_at, finished_at)
    select 'WorkflowRun-' || extract(epoch from at)::bigint || '-' || substr(md5(n || ${projectId}), 1, 20),
      ${projectId}, versions.workflow_id, versions.id, state::run_state,
      case n % 7 when 0 then 'clock' when 1 then 'webhook' else 'http' end,
      json_build_object('since', json_build_object('value', 'day ' || n % 365)),
      case state when 'completed' then '[]'::json end,
      case state when 'failed' then
        '{"type":"ValueError","message":"the order has no total","stack":[],"ryax":null,"node":"sum"}'::json end,
      case state when 'completed' then 200 else 500 end, case state when 'completed' then 200 else 500 end,
      at, at + interval '4 milliseconds', at + interval '4 milliseconds' + (20 + n % 900) * interval '1 millisecond'
    from planned join versions on versions.place = n % versions.total`;
}

async function writeSteps(tx: TransactionSql, projectId: string): Promise<void> {
  await tx`
    insert into steps (project_id, run_id, node_id, state, attempt, inputs, outputs, isolation, started_at, finished_at)
    select project_id, id, node, case when state = 'failed' and node = 'sum' then 'failed' else 'completed' end::step_state,
      1, '{}', '{}', 'L3', started_at, finished_at
    from runs, unnest(array['fetch', 'sum', 'format']) node
    where project_id = ${projectId} and result is not null or project_id = ${projectId} and node <> 'format'
    on conflict do nothing`;
}
