import type { EventOutcome } from "@/drizzle/enums";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import { findVersionNumbers, findWorkflow } from "@/lib/workflows";
import { presentEvent } from "./present";
import { listEventRows } from "./store";

const sort = "events.at";

export interface ListEvents {
  workflowId: string;
  outcome?: EventOutcome | undefined;
  limit: number;
  cursor?: string | undefined;
}

export const listEvents = projectUseCase(
  "runs.view",
  async (ctx, { workflowId, outcome, limit, cursor }: ListEvents) => {
    const projectId = ctx.project.id;
    const [at, id] = decodeCursor(sort, cursor) ?? [];
    const after = at && id ? { at: new Date(at), id } : undefined;
    return inProject(projectId, async (tx) => {
      if (!(await findWorkflow(tx, projectId, workflowId))) throw notFound("The workflow");
      const rows = await listEventRows(tx, projectId, workflowId, { outcome, after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const versions = [...new Set(page.flatMap((row) => row.workflowVersionId ?? []))];
      const numbers = await findVersionNumbers(tx, projectId, versions);
      const more = rows.length > limit && last;
      return {
        items: page.map((row) => presentEvent(row, numbers)),
        nextCursor: more ? encodeCursor(sort, [last.at.toISOString(), last.id]) : null,
      };
    });
  },
);
