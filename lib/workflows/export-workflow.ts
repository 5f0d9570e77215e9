import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { projectUseCase } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { type WrittenWorkflow, writeWorkflowFile } from "./file/write";
import { findVersionByNumber, findWorkflow } from "./store";

async function zipOf(projectId: string, written: WrittenWorkflow): Promise<Readable> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(written.yaml), "workflow.yaml");
  for (const file of written.files) zip.addReadStream(await blobStore().read(projectId, file.blob), file.path);
  zip.end();
  return zip.outputStream as Readable;
}

const fileNameOf = (name: string) => name.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 80) || "workflow";

/** Answers YAML, or a zip of it with its files; passwords are left empty and listed in a comment. */
export const exportWorkflow = projectUseCase(
  "workflows.view",
  async (ctx, input: { workflowId: string; version?: number | undefined }) => {
    const { row, definition } = await inProject(ctx.project.id, async (tx) => {
      const workflow = await findWorkflow(tx, ctx.project.id, input.workflowId);
      if (!workflow) throw notFound("The workflow");
      if (input.version === undefined) return { row: workflow, definition: workflow.definition };
      const version = await findVersionByNumber(tx, ctx.project.id, workflow.id, input.version);
      if (!version) throw notFound(`Version ${input.version}`);
      return { row: workflow, definition: version.definition };
    });
    const written = writeWorkflowFile(row, definition);
    if (written.omitted.length > 0)
      written.yaml = `# Passwords are left out: ${written.omitted.join(", ")}\n${written.yaml}`;
    const name = fileNameOf(row.name);
    const disposition = (suffix: string) => ({ "Content-Disposition": `attachment; filename="${name}.${suffix}"` });
    if (written.files.length === 0) {
      return new Response(written.yaml, {
        headers: { "Content-Type": "application/yaml; charset=utf-8", ...disposition("yaml") },
      });
    }
    const body = Readable.toWeb(await zipOf(ctx.project.id, written)) as ReadableStream;
    return new Response(body, { headers: { "Content-Type": "application/zip", ...disposition("zip") } });
  },
);
