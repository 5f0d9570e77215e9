import type { SourceSchedule } from "@/drizzle/enums";
import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject, isUniqueViolation } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Credentials } from "./credentials";
import { libraryOf } from "./library";
import { presentSource } from "./present";
import { scanRequested } from "./scan-source";
import { sealFor } from "./seal-for";
import { startScan } from "./start-scan";
import { lockSource, updateSourceRow } from "./store";
import { syncSchedule } from "./sync-schedule";

export interface UpdateSource {
  sourceId: string;
  branch?: string | null | undefined;
  schedule?: SourceSchedule | undefined;
  credentials?: Credentials | null | undefined;
}

export const updateSource = projectUseCase("actions.manage", async (ctx, input: UpdateSource) => {
  const projectId = ctx.project.id;
  const { sourceId, branch, schedule, credentials } = input;
  const shown = await inProject(projectId, async (tx) => {
    const before = await lockSource(tx, projectId, sourceId);
    if (!before) throw notFound("The repository");
    const row = await updateSourceRow(tx, projectId, sourceId, {
      ...scanRequested(),
      ...(branch !== undefined && { branch }),
      ...(schedule !== undefined && { schedule }),
      ...(credentials !== undefined && { credentials: sealFor(before.url, credentials), hostKeys: null }),
    });
    if (!row) throw notFound("The repository");
    await recordAudit(tx, projectId, ctx.actor, "source.update", sourceId);
    return presentSource(row, await libraryOf(tx, projectId, row.found));
  }).catch((error) => {
    if (!isUniqueViolation(error)) throw error;
    const message = "The project has this branch of the repository already.";
    throw new AppError("conflict", message, { cause: error, issues: [{ path: "body.branch", message }] });
  });
  await startScan(projectId, sourceId);
  await syncSchedule(projectId, sourceId);
  return shown;
});
