import { existsSync } from "node:fs";
import { isZip } from "@/lib/archives/unzip";
import type { StoredInline } from "@/lib/values/stored-schema";
import { isFileType, withArticle } from "@/lib/values/types";
import { type LiveVersion, showWorkflowContract, uploadWorkflowFileContract } from "@/lib/workflows/contract";
import { type CliContext, Failed, UsageError } from "./context";
import { isFolder, sendPath } from "./send-path";

type Inputs = LiveVersion["inputs"];

/** Paths on this machine by the name of the input that each is for. */
export type FilePaths = Readonly<Record<string, string>>;

const { maxBytes } = uploadWorkflowFileContract.body;

/** Adds one `NAME=PATH` to those before it. @throws UsageError */
export function addFilePath(given: string, before: FilePaths = {}): FilePaths {
  const [, name, path] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (!name || !path) throw new UsageError(`--file takes NAME=PATH, and was given ${given}.`);
  if (Object.hasOwn(before, name)) throw new UsageError(`The input “${name}” is given two files.`);
  if (!existsSync(path)) throw new UsageError(`${path} does not exist.`);
  return { ...before, [name]: path };
}

async function assertFits(name: string, path: string, inputs: Inputs): Promise<void> {
  const input = inputs.find((candidate) => candidate.name === name);
  if (!input) {
    const takers = inputs.filter(({ type }) => isFileType(type)).map((candidate) => candidate.name);
    const known = takers.length > 0 ? `Files are taken by: ${takers.join(", ")}.` : "None of its inputs takes a file.";
    throw new UsageError(`The workflow has no input “${name}”. ${known}`);
  }
  if (!isFileType(input.type))
    throw new UsageError(`The input “${name}” takes ${withArticle(input.type)} and no file: give it with --input.`);
  if (input.type !== "directory") {
    if (isFolder(path)) throw new UsageError(`The input “${name}” takes a file, and ${path} is a folder.`);
  } else if (!isFolder(path) && !(await isZip(path)))
    throw new UsageError(`The input “${name}” takes a folder, or a zip of one without links, and ${path} is neither.`);
}

const upload = (context: CliContext, workflow: string, path: string): Promise<StoredInline> =>
  sendPath(path, maxBytes, (name, body) =>
    context.call(uploadWorkflowFileContract, {
      params: { project: context.project, workflow },
      query: { name },
      body,
    }),
  );

/**
 * Stores what a run of the live version is to be started with, one after the other, once all of it is known to fit.
 * @returns what names it in the run's input
 * @throws UsageError, Failed
 */
export async function uploadRunFiles(
  context: CliContext,
  workflow: string,
  files: FilePaths,
): Promise<Record<string, StoredInline>> {
  const { live } = await context.call(showWorkflowContract, { params: { project: context.project, workflow } });
  if (!live) throw new Failed("The workflow is not live. Deploy it first.");
  for (const [name, path] of Object.entries(files)) await assertFits(name, path, live.inputs);
  const stored: Record<string, StoredInline> = {};
  for (const [name, path] of Object.entries(files)) {
    if (context.isTerminal) context.say(`Sending ${path} …`);
    stored[name] = await upload(context, workflow, path);
  }
  return stored;
}
