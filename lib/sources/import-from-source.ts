import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, importPackage } from "@/lib/actions";
import type { PushedPackage } from "@/lib/actions/contract";
import { listFiles, packageLimits, unzip } from "@/lib/archives";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { FoundPackage } from "./found";
import { libraryOf } from "./library";
import { isImportable, type Library, statusOf } from "./status";
import { findSource } from "./store";

/** What was scanned is what is imported, wherever the branch points by now. */
async function importFound(ctx: ProjectContext, found: FoundPackage): Promise<PushedPackage> {
  const { path, blob, problems } = found;
  if (blob === null) return { path, action: null, problems };
  const folder = await mkdtemp(join(tmpdir(), "millrace-import-"));
  try {
    const unpacked = join(folder, "package");
    await mkdir(unpacked);
    await unzip(await blobStore().localPath(ctx.project.id, blob), unpacked, packageLimits);
    const checked = await checkPackage("", await listFiles(unpacked));
    return await importPackage(ctx, { ...checked, path, problems }, "git");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws AppError `invalid_input` for a folder in which no package was found */
function chosen(found: FoundPackage[], library: Library, paths: string[] | undefined): FoundPackage[] {
  if (!paths) return found.filter((one) => isImportable(statusOf(one, library)));
  return paths.map((path, index) => {
    const one = found.find((candidate) => candidate.path === path);
    if (one) return one;
    const message = `The last scan found no package in “${path}”.`;
    throw new AppError("invalid_input", message, { issues: [{ path: `body.paths.${index}`, message }] });
  });
}

export const importFromSource = projectUseCase(
  "actions.manage",
  async (ctx, input: { sourceId: string; paths?: string[] | undefined }): Promise<{ items: PushedPackage[] }> => {
    const wanted = await inProject(ctx.project.id, async (tx) => {
      const row = await findSource(tx, ctx.project.id, input.sourceId);
      if (!row) throw notFound("The repository");
      return chosen(row.found, await libraryOf(tx, ctx.project.id, row.found), input.paths);
    });
    const items: PushedPackage[] = [];
    for (const found of wanted) items.push(await importFound(ctx, found));
    return { items };
  },
);
