import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

export interface StoredBlob {
  /** Hex digest of the bytes: the blob's name within its project. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Content-addressed bytes, apart for each project so that no tenant can learn what another one stores. */
export interface BlobStore {
  /** @throws AppError `payload_too_large` past `maxBytes`; nothing is kept then. */
  put(projectId: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob>;
  /** @throws AppError `not_found` */
  read(projectId: string, sha256: string): Promise<Readable>;
  /** A local file holding the bytes, to be linked or mapped but never changed. */
  localPath(projectId: string, sha256: string): Promise<string>;
  deleteProject(projectId: string): Promise<void>;
}

class FolderBlobStore implements BlobStore {
  constructor(private readonly root: string) {}

  private pathOf(projectId: string, sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256) || !/^[a-z0-9]+$/.test(projectId))
      throw new AppError("not_found", "No such file.");
    return join(this.root, projectId, sha256.slice(0, 2), sha256);
  }

  async put(projectId: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob> {
    const incoming = join(this.root, "incoming");
    await mkdir(incoming, { recursive: true });
    const temporary = join(incoming, randomUUID());
    const file = await open(temporary, "wx", 0o644);
    try {
      const hash = createHash("sha256");
      let size = 0;
      for await (const chunk of content) {
        size += chunk.byteLength;
        if (size > maxBytes)
          throw new AppError("payload_too_large", `More than ${maxBytes} bytes are not accepted here.`);
        hash.update(chunk);
        await file.write(chunk);
      }
      await file.sync();
      const sha256 = hash.digest("hex");
      const target = this.pathOf(projectId, sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
      return { sha256, size };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  async read(projectId: string, sha256: string): Promise<Readable> {
    return createReadStream(await this.localPath(projectId, sha256));
  }

  async localPath(projectId: string, sha256: string): Promise<string> {
    const path = this.pathOf(projectId, sha256);
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new AppError("not_found", "The file is no longer stored.");
    return path;
  }

  async deleteProject(projectId: string): Promise<void> {
    await rm(join(this.root, projectId), { recursive: true, force: true });
  }
}

let store: BlobStore | undefined;

export function blobStore(): BlobStore {
  if (store) return store;
  const url = env().BLOB_STORE_URL;
  if (url && !url.startsWith("file:")) {
    throw new Error(
      `BLOB_STORE_URL ${url.split(":")[0]}:// is not supported yet; leave it out to use a folder, or give file:///path.`,
    );
  }
  store = new FolderBlobStore(url ? fileURLToPath(url) : resolve(env().MILLRACE_HOME, "blobs"));
  return store;
}

/** Reads a whole blob into memory. */
export async function readBlob(projectId: string, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await blobStore().read(projectId, sha256)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
