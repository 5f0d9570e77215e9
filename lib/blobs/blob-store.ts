import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { env } from "@/lib/env";
import { type BlobKind, claim } from "./claims";
import { FolderBlobStore } from "./folder-store";
import { S3BlobStore } from "./s3-store";
import { parseS3Url } from "./s3-url";

export interface StoredBlob {
  /** Hex digest of the bytes: the blob's name within its project. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Content-addressed bytes, apart for each project so that no tenant can learn what another one stores. */
export interface BlobStore {
  /** @throws AppError `payload_too_large` past `maxBytes`, `storage_full`; nothing is kept then. */
  put(projectId: string, content: AsyncIterable<Uint8Array>, maxBytes: number, kind?: BlobKind): Promise<StoredBlob>;
  /** @throws AppError `not_found` */
  read(projectId: string, sha256: string): Promise<Readable>;
  /** A local file holding the bytes, to be linked or mapped but never changed. */
  localPath(projectId: string, sha256: string): Promise<string>;
  /** Those that are not there are none to delete. */
  delete(projectId: string, digests: string[]): Promise<void>;
  deleteProject(projectId: string): Promise<void>;
}

/** What is to be true of a blob before a store keeps it. @throws what refuses it */
export type ClaimBlob = (projectId: string, blob: StoredBlob, kind: BlobKind) => Promise<void>;

let store: BlobStore | undefined;

function openStore(): BlobStore {
  const folder = resolve(env().MILLRACE_HOME, "blobs");
  const url = env().BLOB_STORE_URL;
  if (!url) return new FolderBlobStore(folder, claim);
  if (url.startsWith("file:")) return new FolderBlobStore(fileURLToPath(url), claim);
  // The folder is the bucket's cache then: runnerd reads files there and nowhere else.
  if (url.startsWith("s3:")) return new S3BlobStore(parseS3Url(url), folder, claim);
  throw new Error(
    `BLOB_STORE_URL begins with ${url.split(":")[0]}://; give file:///path or s3://key:secret@host/bucket.`,
  );
}

export function blobStore(): BlobStore {
  store ??= openStore();
  return store;
}

/** Reads a whole blob into memory. */
export async function readBlob(projectId: string, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await blobStore().read(projectId, sha256)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
