import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject, notify, type Transaction } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { libraryOf } from "./library";
import { presentSource } from "./present";
import { startScan } from "./start-scan";
import { type SourceRow, updateSourceRow } from "./store";

/** What a row says while its scan is on; a scan that was begun before is done once more. */
export const scanRequested = () => ({ state: "scanning" as const, scanRequestedAt: new Date() });

async function request(tx: Transaction, ctx: ProjectContext, sourceId: string): Promise<SourceRow> {
  const row = await updateSourceRow(tx, ctx.project.id, sourceId, scanRequested());
  if (!row) throw notFound("The repository");
  // What schedules and webhooks do every hour is no news.
  if (ctx.actor.kind === "user") await recordAudit(tx, ctx.project.id, ctx.actor, "source.scan", sourceId);
  else await notify(tx, "project_changed", `${ctx.project.id}/source.scan`);
  return row;
}

export const scanSource = projectUseCase("actions.manage", async (ctx, input: { sourceId: string }) => {
  const projectId = ctx.project.id;
  const shown = await inProject(projectId, async (tx) => {
    const row = await request(tx, ctx, input.sourceId);
    return presentSource(row, await libraryOf(tx, projectId, row.found));
  });
  await startScan(projectId, input.sourceId);
  return shown;
});
