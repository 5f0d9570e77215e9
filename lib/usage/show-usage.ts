import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { findLimitRow, type LimitName, presentLimits } from "@/lib/limits";
import type { Usage } from "./contract";
import { daysOf, periodOf, shownDays } from "./periods";
import { findInUse, type InUse, listHours, listRefusals, sumStorage } from "./store";

const dayMs = 24 * 3_600_000;

function usedOf(inUse: InUse, storedBytes: number, now: Date): Partial<Record<LimitName, number>> {
  const { oldestRunAt } = inUse;
  return {
    openRuns: inUse.openRuns,
    runsPerMinute: inUse.runsLastMinute,
    concurrentSteps: inUse.runningSteps,
    listeningTriggers: inUse.listeningTriggers,
    storageBytes: storedBytes,
    retentionDays: oldestRunAt ? Math.max(0, Math.floor((now.getTime() - oldestRunAt.getTime()) / dayMs)) : 0,
  };
}

/** What the project has used within a day and within thirty, and how near it is to its limits. */
export const showUsage = projectUseCase("project.view", async (ctx): Promise<Usage> => {
  const projectId = ctx.project.id;
  const now = new Date();
  const { used, refused, inUse, storage, row } = await inProject(projectId, async (tx) => ({
    used: await listHours(tx, projectId, shownDays + 1),
    refused: await listRefusals(tx, projectId, shownDays + 1),
    inUse: await findInUse(tx, projectId),
    storage: await sumStorage(tx, projectId),
    row: await findLimitRow(tx, projectId),
  }));
  const bytesOf = (kind: string) => storage.find((stored) => stored.kind === kind)?.bytes ?? 0;
  const storedBytes = storage.reduce((total, { bytes }) => total + bytes, 0);
  const usedNow = usedOf(inUse, storedBytes, now);
  return {
    at: now.toISOString(),
    periods: [periodOf({ used, refused }, 24, now), periodOf({ used, refused }, 720, now)],
    days: daysOf({ used, refused }, now),
    storage: {
      packageBytes: bytesOf("package"),
      valueBytes: bytesOf("value"),
      fileBytes: bytesOf("file"),
      blobs: storage.reduce((total, { blobs }) => total + blobs, 0),
    },
    limits: presentLimits(row).map((limit) => ({ ...limit, used: usedNow[limit.name] ?? null })),
  };
});
