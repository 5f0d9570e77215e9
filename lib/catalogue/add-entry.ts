import { checkPackage, importPackage } from "@/lib/actions";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { listFiles } from "@/lib/archives";
import { projectUseCase } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { findEntry } from "./find-entry";

/** Takes a package of the catalogue through the door that uploads take. */
export const addCatalogueEntry = projectUseCase(
  "actions.manage",
  async (ctx, input: { id: string }): Promise<ActionVersionResource> => {
    const entry = await findEntry(input.id);
    const { id, version } = entry.interface;
    const checked = await checkPackage("", await listFiles(entry.folder));
    const { action, problems } = await importPackage(ctx, checked, "catalogue");
    if (action) return action;
    if (problems.some((problem) => problem.code === "version_taken"))
      throw new AppError("conflict", `The project has another package as ${id}@${version}. Delete it first.`);
    throw new Error(`The built-in ${id} is not valid: ${problems.map((problem) => problem.message).join(" ")}`);
  },
);
