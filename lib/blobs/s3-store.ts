import { createReadStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { AppError } from "@/lib/errors";
import { BlobCache } from "./blob-cache";
import { blobGone, blobName } from "./blob-name";
import type { BlobStore, ClaimBlob, StoredBlob } from "./blob-store";
import type { BlobKind } from "./claims";
import { moveInto, takeIn } from "./incoming";
import type { S3Location } from "./s3-url";

const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 4;
const deletedAtOnce = 1_000;
const patience = { connectionTimeout: 5_000, requestTimeout: 60_000 } as const;

const isGone = (error: unknown) =>
  error instanceof Error &&
  (["NoSuchKey", "NotFound"].includes(error.name) ||
    (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404);

// Most processes have no bucket, and need not load what speaks to one.
const sdk = () => import("@aws-sdk/client-s3");

/** Blobs in a bucket of any server that speaks S3. What is used on this machine is kept here for a while. */
export class S3BlobStore implements BlobStore {
  private readonly cache: BlobCache;
  private connected: Promise<S3Client> | undefined;
  private readonly fetching = new Map<string, Promise<string>>();

  constructor(
    private readonly location: S3Location,
    private readonly folder: string,
    private readonly claim: ClaimBlob = async () => {},
  ) {
    this.cache = new BlobCache(folder, location.cacheBytes);
  }

  private client(): Promise<S3Client> {
    this.connected ??= this.connect();
    return this.connected;
  }

  private async connect(): Promise<S3Client> {
    const { S3Client } = await sdk();
    const { endpoint, region, credentials } = this.location;
    return new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      ...(credentials && { credentials }),
      // Not every server that speaks S3 knows the checksums of its newest dialect; a blob's name is one anyway.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: patience,
    });
  }

  private at(name: string) {
    return { Bucket: this.location.bucket, Key: this.location.prefix + name };
  }

  put(
    projectId: string,
    content: AsyncIterable<Uint8Array>,
    maxBytes: number,
    kind: BlobKind = "file",
  ): Promise<StoredBlob> {
    return takeIn(this.folder, content, maxBytes, async (temporary, blob) => {
      await this.claim(projectId, blob, kind);
      const name = blobName(projectId, blob.sha256);
      if (!(await this.has(name))) await this.upload(name, temporary, blob.size);
      await moveInto(this.cache.pathOf(name), temporary);
      this.cache.sweepSoon();
    });
  }

  private async has(name: string): Promise<boolean> {
    const { HeadObjectCommand } = await sdk();
    const client = await this.client();
    return client.send(new HeadObjectCommand(this.at(name))).then(
      () => true,
      (error) => {
        if (isGone(error)) return false;
        throw error;
      },
    );
  }

  private async upload(name: string, path: string, size: number): Promise<void> {
    const client = await this.client();
    if (size <= partBytes) {
      // Not as a stream, which could not be sent a second time.
      const { PutObjectCommand } = await sdk();
      await client.send(new PutObjectCommand({ ...this.at(name), Body: await readFile(path) }));
      return;
    }
    const { Upload } = await import("@aws-sdk/lib-storage");
    const params = { ...this.at(name), Body: createReadStream(path) };
    await new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce }).done();
  }

  async read(projectId: string, sha256: string): Promise<Readable> {
    const name = blobName(projectId, sha256);
    const path = await this.cache.find(name);
    return path ? createReadStream(path) : this.stream(name);
  }

  private async stream(name: string): Promise<Readable> {
    const { GetObjectCommand } = await sdk();
    const client = await this.client();
    const { Body } = await client.send(new GetObjectCommand(this.at(name))).catch((error) => {
      throw isGone(error) ? blobGone(error) : error;
    });
    if (!Body) throw blobGone();
    return Body as Readable;
  }

  async localPath(projectId: string, sha256: string): Promise<string> {
    const name = blobName(projectId, sha256);
    const path = await this.cache.find(name);
    if (path) return path;
    const running = this.fetching.get(name);
    if (running) return running;
    const started = this.fetch(name, sha256).finally(() => this.fetching.delete(name));
    this.fetching.set(name, started);
    return started;
  }

  private async fetch(name: string, sha256: string): Promise<string> {
    const target = this.cache.pathOf(name);
    await takeIn(this.folder, await this.stream(name), Number.POSITIVE_INFINITY, async (temporary, blob) => {
      if (blob.sha256 !== sha256) throw new AppError("internal", "The bucket holds other bytes than were stored.");
      await moveInto(target, temporary);
    });
    this.cache.sweepSoon();
    return target;
  }

  async delete(projectId: string, digests: string[]): Promise<void> {
    const names = digests.map((sha256) => blobName(projectId, sha256));
    for (let start = 0; start < names.length; start += deletedAtOnce)
      await this.deleteKeys(names.slice(start, start + deletedAtOnce).map((name) => this.at(name).Key));
    await Promise.all(names.map((name) => rm(this.cache.pathOf(name), { force: true })));
  }

  private async deleteKeys(keys: string[]): Promise<void> {
    if (keys.length === 0) return;
    const { DeleteObjectsCommand } = await sdk();
    const client = await this.client();
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: this.location.bucket, Delete }));
    if (Errors.length > 0) throw new Error(`${Errors.length} blobs were not deleted: ${Errors[0]?.Message}`);
  }

  async deleteProject(projectId: string): Promise<void> {
    const { paginateListObjectsV2 } = await sdk();
    const client = await this.client();
    const { Bucket, Key: Prefix } = this.at(`${projectId}/`);
    for await (const page of paginateListObjectsV2({ client, pageSize: deletedAtOnce }, { Bucket, Prefix }))
      await this.deleteKeys((page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    await rm(join(this.folder, projectId), { recursive: true, force: true });
  }
}
