import { projectUseCase } from "@/lib/auth";
import { cancelOne } from "../cancel-run";
import { openRunStates } from "../status";
import { type BulkRequest, eachRun } from "./each-run";

export const cancelRuns = projectUseCase("runs.cancel", (ctx, request: BulkRequest) =>
  eachRun(ctx, request, openRunStates, ({ id }) => cancelOne(ctx, id)),
);
