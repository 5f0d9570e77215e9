import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { endedRunStates } from "../status";
import { deleteEndedRun } from "../store";
import { type BulkRequest, eachRun } from "./each-run";

export const deleteRuns = projectUseCase("runs.delete", (ctx, request: BulkRequest) =>
  eachRun(ctx, request, endedRunStates, ({ projectId, id }) =>
    inProject(projectId, async (tx) => {
      if (await deleteEndedRun(tx, projectId, id)) await recordAudit(tx, projectId, ctx.actor, "run.delete", id);
    }),
  ),
);
