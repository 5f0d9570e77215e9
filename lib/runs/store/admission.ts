import { sql } from "drizzle-orm";
import { z } from "zod";
import { batchInProjects } from "@/lib/db";

const countedSchema = z.object({
  open: z.coerce.number(),
  started: z.coerce.number(),
  /** Until the first of them is a minute old. */
  waitSeconds: z.coerce.number().nullable(),
});
export type CountedRuns = z.infer<typeof countedSchema>;

/** A project's runs that have not ended and those started within the last minute; neither is counted past `most`. */
export async function countRunsForLimits(
  projectId: string,
  most: { openRuns: number; runsPerMinute: number },
): Promise<CountedRuns> {
  const [rows] = await batchInProjects(
    [projectId],
    [
      sql`
      select open.count as open, started.count as started,
        extract(epoch from started.first + interval '1 minute' - now()) as "waitSeconds"
      from (
        select count(*) from (
          select from runs where project_id = ${projectId} and state in ('queued', 'running') limit ${most.openRuns}
        ) counted
      ) open, (
        select count(*), min(created_at) as first from (
          select created_at from runs
          where project_id = ${projectId} and created_at > now() - interval '1 minute'
          order by created_at desc limit ${most.runsPerMinute}
        ) counted
      ) started
    `,
    ],
  );
  return countedSchema.parse(rows?.[0]);
}
