import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { requestCancel } from "../cancel-run";
import { openRunStates } from "../status";
import { markCancelRequested } from "../store";
import { type BulkRequest, eachRun } from "./each-run";

export const cancelRuns = projectUseCase("runs.cancel", (ctx, request: BulkRequest) =>
  eachRun(ctx, request, openRunStates, async ({ projectId, id }) => {
    await inProject(projectId, async (tx) => {
      await markCancelRequested(tx, projectId, id);
      await recordAudit(tx, projectId, ctx.actor, "run.cancel", id);
    });
    await requestCancel(projectId, id);
  }),
);
