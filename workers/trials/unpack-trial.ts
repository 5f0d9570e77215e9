import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trialLimits } from "@/lib/actions/trial/open-package";
import { unzip } from "@/lib/archives";

/** Unpacks a zip that came as base64 into a new folder. */
export async function unpackTrial(base64: string, target: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-trial-"));
  try {
    const zipPath = join(folder, "package.zip");
    await writeFile(zipPath, Buffer.from(base64, "base64"));
    // An earlier attempt may have left some of it.
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true, mode: 0o755 });
    await unzip(zipPath, target, trialLimits);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
