import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { findProject } from "@/lib/projects";
import { presentKey } from "./present";
import { listKeyRows } from "./store";

export const listKeys = projectUseCase("keys.view", async (ctx) =>
  inProject(ctx.project.id, async (tx) => {
    const rows = await listKeyRows(tx, ctx.project.id);
    const project = await findProject(tx, ctx.project.id);
    return { items: rows.map(presentKey), requireKey: project?.requireKey ?? true };
  }),
);
