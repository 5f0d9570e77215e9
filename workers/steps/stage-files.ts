import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageLimits, unzip } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { messageOf } from "@/lib/errors";
import type { StoredValue } from "@/lib/values";
import { InputUnavailable } from "./resolve-inputs";

export interface Staged {
  files: { input: string; kind: "file" | "directory" | "value"; hostPath: string; name: string }[];
  remove: () => Promise<void>;
}

/** Has the inputs that are files on this machine; a stored directory is unpacked for the time of the call. */
export async function stageFiles(
  projectId: string,
  inputs: { input: string; stored: Extract<StoredValue, { blob: string }> }[],
): Promise<Staged> {
  const files: Staged["files"] = [];
  let folder: string | undefined;
  const remove = async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const { input, stored } of inputs) {
      const hostPath = await blobStore().localPath(projectId, stored.blob);
      if (stored.kind === "directory") {
        folder ??= await mkdtemp(join(tmpdir(), "millrace-inputs-"));
        const target = join(folder, String(files.length));
        await mkdir(target);
        await unzip(hostPath, target, packageLimits);
        files.push({ input, kind: "directory", hostPath: target, name: stored.name });
      } else {
        files.push({
          input,
          kind: stored.kind === "file" ? "file" : "value",
          hostPath,
          name: stored.kind === "file" ? stored.name : "value.json",
        });
      }
    }
    return { files, remove };
  } catch (error) {
    await remove();
    throw new InputUnavailable(`A file among the inputs cannot be read: ${messageOf(error)}`);
  }
}
