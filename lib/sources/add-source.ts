import type { SourceSchedule } from "@/drizzle/enums";
import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Credentials } from "./credentials";
import { parseGitUrl } from "./git-url";
import { presentSource } from "./present";
import { scanRequested } from "./scan-source";
import { sealFor } from "./seal-for";
import { startScan } from "./start-scan";
import { insertSource } from "./store";
import { syncSchedule } from "./sync-schedule";

export interface AddSource {
  url: string;
  branch?: string | null | undefined;
  schedule: SourceSchedule;
  credentials?: Credentials | null | undefined;
}

function conflict(): AppError {
  const message = "The project has this branch of the repository already.";
  return new AppError("conflict", message, { issues: [{ path: "body.url", message }] });
}

export const addSource = projectUseCase("actions.manage", async (ctx, input: AddSource) => {
  const projectId = ctx.project.id;
  const parsed = parseGitUrl(input.url);
  if (!parsed.ok)
    throw new AppError("invalid_input", parsed.problem, { issues: [{ path: "body.url", message: parsed.problem }] });
  const url = parsed.url.text;
  const credentials = sealFor(url, input.credentials ?? null);
  const row = await inProject(projectId, async (tx) => {
    const { schedule, branch = null } = input;
    const source = { id: newId("source"), projectId, url, branch, schedule, credentials, ...scanRequested() };
    const inserted = await insertSource(tx, source);
    if (!inserted) throw conflict();
    await recordAudit(tx, projectId, ctx.actor, "source.add", `${inserted.id} ${url}`);
    return inserted;
  });
  await startScan(projectId, row.id);
  await syncSchedule(projectId, row.id);
  return presentSource(row, new Map());
});
