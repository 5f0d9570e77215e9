import { recordAudit } from "@/lib/audit";
import type { ProjectContext } from "@/lib/auth";
import { notify, type Transaction } from "@/lib/db";
import { replaceClock } from "./clocks/store";
import { replaceFollower } from "./followers/store";
import { replaceListener } from "./listeners/store";
import { replaceEndpoint, updateWorkflowRow, type WorkflowRow } from "./store";

/** Nothing starts runs of the workflow any more; those under way are not touched. */
export async function takeOffAir(tx: Transaction, ctx: ProjectContext, workflow: WorkflowRow): Promise<WorkflowRow> {
  await replaceEndpoint(tx, ctx.project.id, workflow.id, null);
  await replaceClock(tx, ctx.project.id, workflow.id, null);
  await replaceFollower(tx, ctx.project.id, workflow.id, null);
  await replaceListener(tx, ctx.project.id, workflow.id, null);
  const stopped = await updateWorkflowRow(tx, ctx.project.id, workflow.id, { liveVersionId: null });
  await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.stop", workflow.id);
  await notify(tx, "endpoints_changed", ctx.project.id);
  return stopped;
}
