import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { presentVariable } from "./present";
import { listVariableRows } from "./store";

export const listVariables = projectUseCase("variables.view", async (ctx) => {
  const rows = await inProject(ctx.project.id, (tx) => listVariableRows(tx, ctx.project.id));
  return { items: rows.map(presentVariable) };
});
