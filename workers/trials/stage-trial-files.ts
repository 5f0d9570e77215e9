import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrialRequest } from "@/lib/actions";
import { messageOf } from "@/lib/errors";
import { BuildFailed } from "../builds/build-tools";
import type { Staged } from "../steps/stage-files";
import { unpackTrial } from "./unpack-trial";

/** Puts the files among a trial's inputs where a sandbox can be shown them. */
export async function stageTrialFiles(inputs: TrialRequest["inputs"]["files"]): Promise<Staged> {
  if (inputs.length === 0) return { files: [], remove: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "millrace-inputs-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const files: Staged["files"] = [];
  try {
    for (const [index, { input, name, base64, isDirectory }] of inputs.entries()) {
      const hostPath = join(folder, String(index));
      if (isDirectory) await unpackTrial(base64, hostPath);
      else await writeFile(hostPath, Buffer.from(base64, "base64"));
      files.push({ input, kind: isDirectory ? "directory" : "file", hostPath, name });
    }
    return { files, remove };
  } catch (error) {
    await remove();
    throw new BuildFailed(`A file among the inputs cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
