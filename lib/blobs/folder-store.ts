import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { blobGone, blobName } from "./blob-name";
import type { BlobStore, ClaimBlob, StoredBlob } from "./blob-store";
import type { BlobKind } from "./claims";
import { moveInto, takeIn } from "./incoming";

export class FolderBlobStore implements BlobStore {
  constructor(
    private readonly root: string,
    private readonly claim: ClaimBlob = async () => {},
  ) {}

  private pathOf(projectId: string, sha256: string): string {
    return join(this.root, blobName(projectId, sha256));
  }

  put(
    projectId: string,
    content: AsyncIterable<Uint8Array>,
    maxBytes: number,
    kind: BlobKind = "file",
  ): Promise<StoredBlob> {
    return takeIn(this.root, content, maxBytes, async (temporary, blob) => {
      await this.claim(projectId, blob, kind);
      await moveInto(this.pathOf(projectId, blob.sha256), temporary);
    });
  }

  async read(projectId: string, sha256: string): Promise<Readable> {
    return createReadStream(await this.localPath(projectId, sha256));
  }

  async localPath(projectId: string, sha256: string): Promise<string> {
    const path = this.pathOf(projectId, sha256);
    const found = await stat(path).catch(() => undefined);
    if (!found) throw blobGone();
    return path;
  }

  async delete(projectId: string, digests: string[]): Promise<void> {
    await Promise.all(digests.map((sha256) => rm(this.pathOf(projectId, sha256), { force: true })));
  }

  async deleteProject(projectId: string): Promise<void> {
    await rm(join(this.root, projectId), { recursive: true, force: true });
  }
}
