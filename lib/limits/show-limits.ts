import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { presentLimits } from "./present";
import { findLimitRow } from "./store";

export const showLimits = projectUseCase("project.view", async (ctx) => ({
  items: presentLimits(await inProject(ctx.project.id, (tx) => findLimitRow(tx, ctx.project.id))),
}));
