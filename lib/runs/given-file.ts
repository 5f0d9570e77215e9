import { stat } from "node:fs/promises";
import { isZip } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import type { IoType, JsonValue, StoredFile } from "@/lib/values";
import { storedFileSchema } from "@/lib/workflows/definition/schema";

/** A file that is named as its upload was answered, or what is wrong with it, as a sentence's end. */
export async function readGivenFile(projectId: string, type: IoType, value: JsonValue): Promise<StoredFile | string> {
  const read = storedFileSchema.safeParse(value);
  if (!read.success) return "must be a file as its upload was answered: { blob, size, name }";
  const { blob, name } = read.data;
  const path = await blobStore()
    .localPath(projectId, blob)
    .catch(() => null);
  if (path === null) return "is no longer stored: upload the file again";
  const { size } = await stat(path);
  if (type !== "directory") return { kind: "file", blob, size, name };
  if (!(await isZip(path))) return "must be a folder, as a zip";
  return { kind: "directory", blob, size, name: name.replace(/\.zip$/i, "") };
}
