import { chmod, copyFile, cp, link, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CallRequest } from "./current-call";
import type { RunnerdCall } from "./protocol";
import type { SandboxProcess } from "./sandbox-process";

export interface StagedInputs {
  files: CallRequest["files"];
  remove: () => Promise<void>;
}

let nextStaging = 1;

/** A link shares the stored bytes; the mount is read-only, so the handler cannot change them. */
async function place(source: string, target: string): Promise<void> {
  await link(source, target).catch(() => copyFile(source, target));
  await chmod(target, 0o444).catch(() => {});
}

/** Shows a call's files to the handler, each in a folder of its own so that names are kept and cannot clash. */
export async function stageInputs(process: SandboxProcess, request: RunnerdCall): Promise<StagedInputs> {
  if (request.files.length === 0) return { files: [], remove: async () => {} };
  const call = String(nextStaging++);
  const root = join(process.inboxOutside, call);
  const files: CallRequest["files"] = [];
  for (const [index, file] of request.files.entries()) {
    const folder = join(root, String(index));
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const name = basename(file.name) || "file";
    if (file.kind === "directory") await cp(file.hostPath, join(folder, name), { recursive: true });
    else await place(file.hostPath, join(folder, name));
    files.push({ input: file.input, kind: file.kind, path: join(process.inboxInside, call, String(index), name) });
  }
  return { files, remove: () => rm(root, { recursive: true, force: true }) };
}
