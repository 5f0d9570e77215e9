import { Readable } from "node:stream";
import { projectUseCase } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { uploadWorkflowFileContract } from "./contract";
import { findWorkflow } from "./store";

const { maxBytes } = uploadWorkflowFileContract.body;

export interface UploadFile {
  workflowId: string;
  name: string;
  content: ReadableStream<Uint8Array> | null;
}

/** The file is nobody's until an input of the draft is set to it, or a run is started with it. */
export const uploadWorkflowFile = projectUseCase("runs.start", async (ctx, input: UploadFile) => {
  const workflow = await inProject(ctx.project.id, (tx) => findWorkflow(tx, ctx.project.id, input.workflowId));
  if (!workflow) throw notFound("The workflow");
  const content = input.content
    ? Readable.fromWeb(input.content as Parameters<typeof Readable.fromWeb>[0])
    : Readable.from([]);
  const { sha256, size } = await blobStore().put(ctx.project.id, content, maxBytes);
  // Some senders name the whole path that the file had with them.
  const name = input.name.split(/[\\/]/).findLast((part) => part !== "") ?? "file";
  return { blob: sha256, size, name };
});
