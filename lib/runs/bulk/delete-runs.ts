import { projectUseCase } from "@/lib/auth";
import { deleteOne } from "../delete-run";
import { endedRunStates } from "../status";
import { type BulkRequest, eachRun } from "./each-run";

export const deleteRuns = projectUseCase("runs.delete", (ctx, request: BulkRequest) =>
  eachRun(ctx, request, endedRunStates, ({ id }) => deleteOne(ctx, id)),
);
