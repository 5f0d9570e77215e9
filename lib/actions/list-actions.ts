import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { ensureBuiltins } from "./install-builtins";
import { presentActionVersion } from "./present";
import { listActionVersions } from "./store";

export const listActions = projectUseCase("actions.view", async (ctx) => {
  await ensureBuiltins(ctx.project.id);
  const rows = await inProject(ctx.project.id, (tx) => listActionVersions(tx, ctx.project.id));
  return { items: rows.map(presentActionVersion) };
});
