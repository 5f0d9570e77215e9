import { stat } from "node:fs/promises";
import { blobStore } from "@/lib/blobs";
import { fileOfUpload, type IoType, type JsonValue, type StoredFile } from "@/lib/values";
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
  return fileOfUpload(projectId, type, { blob, size, name });
}
