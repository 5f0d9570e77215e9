import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { libraryOf } from "./library";
import { presentSource } from "./present";
import { listSourceRows } from "./store";

export const listSources = projectUseCase("actions.view", async (ctx) =>
  inProject(ctx.project.id, async (tx) => {
    const rows = await listSourceRows(tx, ctx.project.id);
    const library = await libraryOf(
      tx,
      ctx.project.id,
      rows.flatMap((row) => row.found),
    );
    return { items: rows.map((row) => presentSource(row, library)) };
  }),
);
