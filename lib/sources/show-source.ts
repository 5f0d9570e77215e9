import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { libraryOf } from "./library";
import { presentPackage, presentSource } from "./present";
import { findSource } from "./store";

export const showSource = projectUseCase("actions.view", async (ctx, input: { sourceId: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await findSource(tx, ctx.project.id, input.sourceId);
    if (!row) throw notFound("The repository");
    const library = await libraryOf(tx, ctx.project.id, row.found);
    return { ...presentSource(row, library), packages: row.found.map((found) => presentPackage(found, library)) };
  }),
);
