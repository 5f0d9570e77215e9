import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listFiles, type UnzipLimits, unzip } from "@/lib/archives";
import { AppError } from "@/lib/errors";
import { checkPackage, findPackages } from "../check-package";
import type { ActionInterface } from "../interface";
import { metadataFileName } from "../metadata";

export const trialLimits: UnzipLimits = { maxFiles: 1_000, maxBytes: 64 * 1024 ** 2 };

/** Checks a zip of one package, as a push would; nothing of it is left. @throws AppError `invalid_package` */
export async function openPackage(base64: string): Promise<ActionInterface> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-trial-"));
  try {
    await unzip(Buffer.from(base64, "base64"), folder, trialLimits);
    const files = await listFiles(folder);
    if (!findPackages(files).includes(""))
      throw new AppError("invalid_package", `There is no ${metadataFileName} at the root of what was sent.`);
    const { interface: described, problems } = await checkPackage("", files);
    if (!described) {
      const errors = problems.filter((problem) => problem.severity !== "warning");
      throw new AppError("invalid_package", errors[0]?.message ?? "The package is not valid.", { issues: problems });
    }
    if (described.kind === "trigger")
      throw new AppError("invalid_package", "Only actions can be tried; a trigger waits for something to happen.");
    return described;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
