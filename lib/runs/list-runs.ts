import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import type { RunFilter } from "./contract";
import { describeRuns } from "./describe";
import { pageOfRows, placeOf } from "./run-page";
import { listRunRows } from "./store";

export interface ListRuns extends RunFilter {
  limit: number;
  cursor?: string | undefined;
}

export const listRuns = projectUseCase("runs.view", async (ctx, { limit, cursor, ...filter }: ListRuns) => {
  const after = placeOf(cursor);
  return inProject(ctx.project.id, async (tx) => {
    const rows = await listRunRows(tx, ctx.project.id, filter, { after, limit: limit + 1 });
    const { page, nextCursor } = pageOfRows(rows, limit);
    return { items: await describeRuns(tx, ctx.project.id, page), nextCursor };
  });
});
