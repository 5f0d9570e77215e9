import { Readable } from "node:stream";
import { isZip } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import type { StoredFile } from "./stored-schema";
import type { IoType } from "./types";

/** A file's bytes as they come in, and what its sender calls it. */
export interface Upload {
  name: string;
  content: ReadableStream<Uint8Array> | null;
}

/** `blob` is the SHA-256 that it is stored under, `size` in bytes. */
export type StoredUpload = Pick<StoredFile, "blob" | "size" | "name">;

/** Stores a file as it comes in. @throws AppError `payload_too_large`, `storage_full` */
export async function storeUpload(projectId: string, upload: Upload, maxBytes: number): Promise<StoredUpload> {
  const content = upload.content
    ? Readable.fromWeb(upload.content as Parameters<typeof Readable.fromWeb>[0])
    : Readable.from([]);
  const { sha256, size } = await blobStore().put(projectId, content, maxBytes);
  // Some senders name the whole path that the file had with them.
  const name = upload.name.split(/[\\/]/).findLast((part) => part !== "") ?? "file";
  return { blob: sha256, size, name };
}

/** An upload as a value of the type, or what is wrong with it, as a sentence's end. A folder comes as a zip. */
export async function fileOfUpload(
  projectId: string,
  type: IoType,
  { blob, size, name }: StoredUpload,
): Promise<StoredFile | string> {
  if (type !== "directory") return { kind: "file", blob, size, name };
  if (!(await isZip(await blobStore().localPath(projectId, blob)))) return "must be a folder, as a zip";
  return { kind: "directory", blob, size, name: name.replace(/\.zip$/i, "") };
}
