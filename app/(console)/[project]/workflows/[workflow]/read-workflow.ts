import "server-only";
import { cache } from "react";
import { showWorkflow } from "@/lib/workflows";
import { openProjectOnce, orNotFound } from "../../../open";

/** The workflow that a page is about, once for the page and its title. */
export const readWorkflow = cache(async (projectId: string, workflowId: string) =>
  orNotFound(showWorkflow(await openProjectOnce(projectId), { workflowId })),
);
