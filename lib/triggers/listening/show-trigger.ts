import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { listDowntimes } from "@/lib/fleet";
import { findListener, findVersion, findWorkflow } from "@/lib/workflows";
import { mostDowntimes } from "../clock/catch-ups";
import type { TriggerResource } from "../contract";

/** How a live workflow's listening trigger does. */
export const showTrigger = projectUseCase(
  "workflows.view",
  async (ctx, { workflowId }: { workflowId: string }): Promise<TriggerResource> => {
    const projectId = ctx.project.id;
    const { row, version } = await inProject(projectId, async (tx) => {
      if (!(await findWorkflow(tx, projectId, workflowId))) throw notFound("The workflow");
      const row = await findListener(tx, projectId, workflowId);
      const version = row?.workflowVersionId && (await findVersion(tx, projectId, row.workflowVersionId));
      return { row, version };
    });
    if (!row || !version) throw notFound("A live listening trigger of the workflow");
    const { trigger } = version.plan;
    return {
      name: trigger.name,
      action: { id: trigger.action.id, version: trigger.action.version },
      version: version.number,
      state: row.state,
      since: row.since.toISOString(),
      reason: row.reason,
      nextTryAt: row.nextTryAt?.toISOString() ?? null,
      failures: row.failures,
      downtimes: (await listDowntimes(version.createdAt, mostDowntimes)).map(({ from, until }) => ({
        from: from.toISOString(),
        until: until.toISOString(),
      })),
    };
  },
);
