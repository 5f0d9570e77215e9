import { projectUseCase } from "@/lib/auth";
import { replay } from "../replay-run";
import { endedRunStates } from "../status";
import { type BulkRequest, eachRun } from "./each-run";

/** Replays are runs of their own: a filter that would find them too needs an `until` of before. */
export const replayRuns = projectUseCase("runs.start", (ctx, request: BulkRequest) =>
  eachRun(ctx, request, endedRunStates, ({ id }) => replay(ctx, { runId: id })),
);
