import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { deleteSourceRow } from "./store";
import { syncSchedule } from "./sync-schedule";

export const removeSource = projectUseCase("actions.manage", async (ctx, input: { sourceId: string }) => {
  const projectId = ctx.project.id;
  await inProject(projectId, async (tx) => {
    const url = await deleteSourceRow(tx, projectId, input.sourceId);
    if (url === undefined) throw notFound("The repository");
    await recordAudit(tx, projectId, ctx.actor, "source.remove", `${input.sourceId} ${url}`);
  });
  await syncSchedule(projectId, input.sourceId);
});
