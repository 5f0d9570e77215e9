import { projectUseCase } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject, notify } from "@/lib/db";
import { deleteProjectRow } from "@/lib/projects";
import { listWorkflowRows, takeOffAir } from "@/lib/workflows";
import { cancelOpenRuns } from "./cancel-run";

/**
 * Takes everything off the air, cancels what is under way and deletes what the project holds. Each part can be done
 * again: where it breaks off, the project is still there to be deleted.
 */
export const deleteProject = projectUseCase("project.delete", async (ctx) => {
  const projectId = ctx.project.id;
  const workflows = await inProject(projectId, async (tx) => {
    const rows = await listWorkflowRows(tx, projectId);
    for (const row of rows) if (row.liveVersionId) await takeOffAir(tx, ctx, row);
    return rows;
  });
  for (const { id } of workflows) await cancelOpenRuns(ctx, id);
  await inProject(projectId, async (tx) => {
    await deleteProjectRow(tx, projectId);
    await notify(tx, "endpoints_changed", projectId);
    await notify(tx, "keys_changed", projectId);
    await notify(tx, "project_changed", `${projectId}/project.delete`);
  });
  await blobStore().deleteProject(projectId);
});
