import { callApi } from "@/lib/http/client";
import { uploadWorkflowFileOperation } from "@/lib/workflows/operations";
import type { RunInput } from "./run-input";

/** Stores what a run is to be started with, one after the other. @returns what names them in the run's input */
export async function uploadRunFiles(
  project: string,
  workflow: string,
  files: Readonly<Record<string, File>>,
): Promise<RunInput> {
  const stored: RunInput = {};
  for (const [name, file] of Object.entries(files))
    stored[name] = await callApi(uploadWorkflowFileOperation, {
      params: { project, workflow },
      query: { name: file.name },
      body: file,
    });
  return stored;
}
