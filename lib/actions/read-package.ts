import { Readable } from "node:stream";
import { projectUseCase } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { ensureBuiltins } from "./install-builtins";
import { findActionVersion } from "./store";

/** The files of a version, as they were pushed, in one zip. */
export const readPackage = projectUseCase("actions.view", async (ctx, input: { actionId: string; version: string }) => {
  await ensureBuiltins(ctx.project.id);
  const row = await inProject(ctx.project.id, (tx) =>
    findActionVersion(tx, ctx.project.id, input.actionId, input.version),
  );
  if (!row) throw notFound(`The action ${input.actionId}@${input.version}`);
  const name = `${row.actionId}-${row.version}.zip`;
  return new Response(Readable.toWeb(await blobStore().read(ctx.project.id, row.packageBlob)) as ReadableStream, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
