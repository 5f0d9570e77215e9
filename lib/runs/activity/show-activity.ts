import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { listWorkflowRows } from "@/lib/workflows";
import { listDurations, listHours, listLastRuns } from "../store";
import { activityHours, type WorkflowActivity } from "./contract";

/** What the project's workflows have been doing: each one's last run, and its last day in hours. */
export const showActivity = projectUseCase("runs.view", async (ctx) =>
  inProject(ctx.project.id, async (tx) => {
    const projectId = ctx.project.id;
    const workflows = await listWorkflowRows(tx, projectId);
    const ids = workflows.map((workflow) => workflow.id);
    const lastRuns = new Map((await listLastRuns(tx, projectId, ids)).map((row) => [row.workflowId, row]));
    const durations = new Map((await listDurations(tx, projectId)).map((row) => [row.workflowId, row]));
    const hours = await listHours(tx, projectId);
    const items = ids.map((id): WorkflowActivity => {
      const last = lastRuns.get(id);
      const own = hours.filter((row) => row.workflowId === id);
      return {
        workflow: id,
        lastRun: last ? { id: last.id, state: last.state, createdAt: last.createdAt.toISOString() } : null,
        hours: Array.from({ length: activityHours }, (_, index) => {
          const hour = own.find((row) => row.hoursAgo === activityHours - 1 - index);
          return { runs: hour?.runs ?? 0, failed: hour?.failed ?? 0 };
        }),
        p50Ms: durations.get(id)?.p50Ms ?? null,
        p95Ms: durations.get(id)?.p95Ms ?? null,
      };
    });
    return { items };
  }),
);
