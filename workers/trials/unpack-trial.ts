import { mkdir, rm } from "node:fs/promises";
import { trialLimits } from "@/lib/actions/trial/open-package";
import { unzip } from "@/lib/archives";

/** Unpacks a zip that came as base64 into a new folder. */
export async function unpackTrial(base64: string, target: string): Promise<void> {
  // An earlier attempt may have left some of it.
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true, mode: 0o755 });
  await unzip(Buffer.from(base64, "base64"), target, trialLimits);
}
