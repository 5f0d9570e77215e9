import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { clockScheduleId, ScheduleNotFoundError, temporalClient } from "@/lib/temporal";
import { findClock, findWorkflow } from "@/lib/workflows";
import type { ClockResource } from "../contract";
import { listCatchUps } from "./catch-ups";
import { isTicking } from "./sync-clock";

async function describeSchedule(projectId: string, workflowId: string) {
  const client = await temporalClient();
  try {
    return (await client.schedule.getHandle(clockScheduleId(projectId, workflowId)).describe()).info;
  } catch (error) {
    // It is made a moment after the deployment.
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw new AppError("unavailable", "Temporal cannot be asked just now. Try again in a few seconds.", {
      cause: error,
      retryAfterSeconds: 5,
    });
  }
}

/** When a live workflow's clock starts runs next, as Temporal itself says. */
export const showClock = projectUseCase(
  "workflows.view",
  async (ctx, input: { workflowId: string }): Promise<ClockResource> => {
    const projectId = ctx.project.id;
    const row = await inProject(projectId, async (tx) => {
      if (!(await findWorkflow(tx, projectId, input.workflowId))) throw notFound("The workflow");
      return findClock(tx, projectId, input.workflowId);
    });
    if (!row?.workflowVersionId) throw notFound("A live clock of the workflow");
    const info = isTicking(row) ? await describeSchedule(projectId, input.workflowId) : undefined;
    return {
      settings: row.settings,
      since: row.since.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      next: (info?.nextActionTimes ?? []).slice(0, 10).map((time) => time.toISOString()),
      missed: info?.numActionsMissedCatchupWindow ?? 0,
      downtimes: isTicking(row) && info ? await listCatchUps(row) : [],
      overlapped: info?.numActionsSkippedOverlap ?? 0,
    };
  },
);
