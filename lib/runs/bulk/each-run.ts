import type { RunState } from "@/drizzle/enums";
import type { ProjectContext } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { RunFilter } from "../contract";
import { pageOfRows, placeOf } from "../run-page";
import { listRunRows, type RunRow } from "../store";

export interface BulkRequest {
  filter: RunFilter;
  cursor?: string | undefined;
  limit: number;
}

const atOnce = 8;

/** Whether another one may have ended or deleted it meanwhile, which is no failure of the whole. */
function isPassedOver(error: unknown): boolean {
  return error instanceof AppError && (error.code === "conflict" || error.code === "not_found");
}

/** Does something to each run of a page of what the filter finds, a few side by side. */
export async function eachRun(
  ctx: ProjectContext,
  { filter, cursor, limit }: BulkRequest,
  states: readonly RunState[],
  act: (run: RunRow) => Promise<unknown>,
): Promise<{ done: number; nextCursor: string | null }> {
  const projectId = ctx.project.id;
  const after = placeOf(cursor);
  const rows = await inProject(projectId, (tx) =>
    listRunRows(tx, projectId, { ...filter, states }, { after, limit: limit + 1 }),
  );
  const { page, nextCursor } = pageOfRows(rows, limit);
  const waiting = [...page];
  let done = 0;
  const work = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      try {
        await act(run);
        done++;
      } catch (error) {
        if (!isPassedOver(error)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done, nextCursor };
}
