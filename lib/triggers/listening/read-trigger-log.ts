import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import { findWorkflow } from "@/lib/workflows";
import { listTriggerLog } from "./store";

const sort = "trigger-log.id";

export interface ReadTriggerLog {
  workflowId: string;
  limit: number;
  cursor?: string | undefined;
}

/** A page of the last lines, the newest page first and each in order. */
export const readTriggerLog = projectUseCase(
  "runs.view",
  async (ctx, { workflowId, limit, cursor }: ReadTriggerLog) => {
    const projectId = ctx.project.id;
    const [place] = decodeCursor(sort, cursor) ?? [];
    const before = place === undefined ? undefined : Number(place);
    const rows = await inProject(projectId, async (tx) => {
      if (!(await findWorkflow(tx, projectId, workflowId))) throw notFound("The workflow");
      return listTriggerLog(tx, projectId, workflowId, { before, limit: limit + 1 });
    });
    const page = rows.slice(0, limit);
    const oldest = page.at(-1);
    const items = page
      .reverse()
      .map(({ id, at, stream, line }) => ({ id: String(id), at: at.toISOString(), stream, line }));
    return { items, nextCursor: rows.length > limit && oldest ? encodeCursor(sort, [String(oldest.id)]) : null };
  },
);
