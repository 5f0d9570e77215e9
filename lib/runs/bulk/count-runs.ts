import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import type { RunFilter } from "../contract";
import { countRunRows } from "../store";

export const countRuns = projectUseCase("runs.view", async (ctx, filter: RunFilter) => ({
  count: await inProject(ctx.project.id, (tx) => countRunRows(tx, ctx.project.id, filter)),
}));
