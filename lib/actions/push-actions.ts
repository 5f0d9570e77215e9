import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { packageLimits, unzip } from "@/lib/archives";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { AppError, type Issue } from "@/lib/errors";
import { checkFolder } from "./check-folder";
import type { PushedPackage } from "./contract";
import { importPackage } from "./import-package";
import { metadataFileName } from "./metadata";

/** Imports every package below a folder; one broken package never hides another. */
export async function importFolder(ctx: ProjectContext, folder: string, source: string): Promise<PushedPackage[]> {
  const items: PushedPackage[] = [];
  for (const checked of await checkFolder(folder)) items.push(await importPackage(ctx, checked, source));
  return items;
}

function assertSomePackage(items: PushedPackage[]): void {
  if (items.length === 0) {
    throw new AppError("invalid_package", `No package was found: there is no ${metadataFileName} in what was sent.`);
  }
  if (items.some((item) => item.action)) return;
  const issues = items.flatMap(({ path, problems }): Issue[] =>
    problems.map((problem) => ({ ...problem, path: [path, problem.path].filter(Boolean).join("/") })),
  );
  const errors = issues.filter((issue) => issue.severity !== "warning");
  const isConflict = errors.every((issue) => issue.code === "version_taken");
  throw new AppError(isConflict ? "conflict" : "invalid_package", errors[0]?.message ?? "The package is not valid.", {
    issues,
  });
}

export const pushActions = projectUseCase(
  "actions.manage",
  async (ctx, input: { archive: ReadableStream<Uint8Array> | null }): Promise<{ items: PushedPackage[] }> => {
    if (!input.archive) throw new AppError("bad_request", "Send the package as a zip in the request's body.");
    const folder = await mkdtemp(join(tmpdir(), "millrace-push-"));
    try {
      const zipPath = join(folder, "upload.zip");
      const content = Readable.fromWeb(input.archive as Parameters<typeof Readable.fromWeb>[0]);
      await pipeline(content, createWriteStream(zipPath));
      const unpacked = join(folder, "unpacked");
      await mkdir(unpacked);
      await unzip(zipPath, unpacked, packageLimits);
      const items = await importFolder(ctx, unpacked, "upload");
      assertSomePackage(items);
      return { items };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
