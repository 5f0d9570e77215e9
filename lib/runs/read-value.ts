import { Readable } from "node:stream";
import { projectUseCase } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { StoredValue } from "@/lib/values";
import { findRun, listStepRows } from "./store";

/** Streams a blob that belongs to a run; what is sealed stays sealed. */
export const readRunValue = projectUseCase("runs.view", async (ctx, input: { runId: string; blob: string }) => {
  const stored = await inProject(ctx.project.id, async (tx) => {
    const run = await findRun(tx, ctx.project.id, input.runId);
    if (!run) throw notFound("The run");
    const steps = await listStepRows(tx, ctx.project.id, run.id);
    const values: StoredValue[] = [
      ...Object.values(run.input),
      ...(run.result ?? []).map(([, value]) => value),
      ...steps.flatMap((step) => [...Object.values(step.inputs ?? {}), ...Object.values(step.outputs ?? {})]),
    ];
    return values.find((value) => "blob" in value && value.blob === input.blob && value.kind !== "sealed");
  });
  if (!stored || !("blob" in stored)) throw notFound("The value");
  return streamStored(ctx.project.id, stored);
});

/** A file or a large value as an HTTP answer. */
export async function streamStored(
  projectId: string,
  stored: Extract<StoredValue, { blob: string }>,
): Promise<Response> {
  const isJson = stored.kind === "json" || stored.kind === "sealed";
  const name = isJson ? "value.json" : stored.kind === "directory" ? `${stored.name}.zip` : stored.name;
  const type = isJson ? "application/json" : stored.kind === "directory" ? "application/zip" : stored.mediaType;
  return new Response(Readable.toWeb(await blobStore().read(projectId, stored.blob)) as ReadableStream, {
    headers: {
      "Content-Type": type ?? "application/octet-stream",
      "Content-Length": String(stored.size),
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      // What users' code made is never run as a page of this site.
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
