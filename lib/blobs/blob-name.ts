import { AppError } from "@/lib/errors";

/** Where a blob lies below a store's root. @throws AppError `not_found` for what names none */
export function blobName(projectId: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256) || !/^[a-z0-9]+$/.test(projectId))
    throw new AppError("not_found", "No such file.");
  return `${projectId}/${sha256.slice(0, 2)}/${sha256}`;
}

export const blobGone = (cause?: unknown) => new AppError("not_found", "The file is no longer stored.", { cause });
