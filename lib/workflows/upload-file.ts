import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { storeUpload, type Upload } from "@/lib/values";
import { uploadWorkflowFileContract } from "./contract";
import { findWorkflow } from "./store";

const { maxBytes } = uploadWorkflowFileContract.body;

/** The file is nobody's until an input of the draft is set to it, or a run is started with it. */
export const uploadWorkflowFile = projectUseCase("runs.start", async (ctx, input: Upload & { workflowId: string }) => {
  const workflow = await inProject(ctx.project.id, (tx) => findWorkflow(tx, ctx.project.id, input.workflowId));
  if (!workflow) throw notFound("The workflow");
  return storeUpload(ctx.project.id, input, maxBytes);
});
