import type { RunState } from "@/drizzle/enums";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import { describeRuns } from "./describe";
import { listRunRows } from "./store";

const sort = "runs.created";

export interface ListRuns {
  limit: number;
  cursor?: string | undefined;
  workflow?: string | undefined;
  state?: RunState | undefined;
}

export const listRuns = projectUseCase("runs.view", async (ctx, input: ListRuns) => {
  const [createdAt, id] = decodeCursor(sort, input.cursor) ?? [];
  const after = createdAt && id ? { createdAt: new Date(createdAt), id } : undefined;
  return inProject(ctx.project.id, async (tx) => {
    const rows = await listRunRows(tx, ctx.project.id, {
      workflowId: input.workflow,
      state: input.state,
      after,
      limit: input.limit + 1,
    });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    const more = rows.length > input.limit && last;
    return {
      items: await describeRuns(tx, ctx.project.id, page),
      nextCursor: more ? encodeCursor(sort, [last.createdAt.toISOString(), last.id]) : null,
    };
  });
});
