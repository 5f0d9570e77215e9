import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BlobCache } from "@/lib/blobs/blob-cache";
import { S3BlobStore } from "@/lib/blobs/s3-store";
import { parseS3Url } from "@/lib/blobs/s3-url";
import { AppError } from "@/lib/errors";
import { startBucket, type TestBucket } from "../support/bucket";

/** Blobs in a bucket, against an S3 server of its own kind. */

const folder = mkdtempSync(join(tmpdir(), "millrace-bucket-"));
let bucket: TestBucket;

beforeAll(async () => {
  bucket = await startBucket();
}, 240_000);
afterAll(async () => {
  await bucket?.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
/** A store on a machine of its own: nothing is cached there yet. */
const onNewMachine = (prefix: string) =>
  new S3BlobStore(parseS3Url(bucket.urlOf(prefix)), join(folder, String(count++)));

async function* once(bytes: Uint8Array) {
  yield bytes;
}
const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error) => (error instanceof AppError ? error.code : error),
  );

describe("a store in a bucket", () => {
  it.each([
    ["nothing", 0],
    ["a little", 1_000],
    ["what is sent in parts", 20 << 20],
  ])("keeps %s, and has it on any machine", async (_, size) => {
    const bytes = randomBytes(size);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const first = onNewMachine("sizes");
    expect(await first.put("one", once(bytes), 32 << 20)).toEqual({ sha256, size });
    for (const store of [first, onNewMachine("sizes")]) {
      expect((await buffer(await store.read("one", sha256))).equals(bytes)).toBe(true);
      const [left, right] = await Promise.all([store.localPath("one", sha256), store.localPath("one", sha256)]);
      expect(left).toBe(right);
      expect(readFileSync(left).equals(bytes)).toBe(true);
    }
    expect(await bucket.keysBelow(`sizes/one/${sha256.slice(0, 2)}/`)).toEqual([
      `sizes/one/${sha256.slice(0, 2)}/${sha256}`,
    ]);
  });

  it("keeps nothing that is too large, and leaves nothing lying about", async () => {
    const store = onNewMachine("large");
    expect(await failure(store.put("one", once(randomBytes(11)), 10))).toBe("payload_too_large");
    expect(await bucket.keysBelow("large/")).toEqual([]);
    expect(readdirSync(join(folder, String(count - 1), "incoming"))).toEqual([]);
  });

  it("does not know what another project stores, nor what is no digest", async () => {
    const { sha256 } = await onNewMachine("apart").put("one", once(Buffer.from("mine")), 10);
    const store = onNewMachine("apart");
    for (const [project, name] of [
      ["two", sha256],
      ["one", "0".repeat(64)],
      ["one", "../x"],
      ["..", sha256],
    ] as const) {
      expect(await failure(store.localPath(project, name))).toBe("not_found");
      expect(await failure(store.read(project, name))).toBe("not_found");
    }
  });

  it("gives out no bytes but those that were stored", async () => {
    const { sha256 } = await onNewMachine("forged").put("one", once(Buffer.from("right")), 10);
    const Key = `forged/one/${sha256.slice(0, 2)}/${sha256}`;
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body: "wrong" }));
    expect(await failure(onNewMachine("forged").localPath("one", sha256))).toBe("internal");
  });

  it("forgets a project, and no other", async () => {
    const store = onNewMachine("gone");
    for (const project of ["one", "on", "two"])
      for (const text of ["a", "b"]) await store.put(project, once(Buffer.from(text)), 10);
    await store.deleteProject("on");
    expect((await bucket.keysBelow("gone/")).map((key) => key.split("/")[1])).toEqual(["one", "one", "two", "two"]);
    expect(await failure(store.localPath("on", createHash("sha256").update("a").digest("hex")))).toBe("not_found");
  });

  it("deletes the blobs that are named, whether they are still there or not", async () => {
    const store = onNewMachine("swept");
    const [first, second] = await Promise.all(["a", "b"].map((text) => store.put("one", once(Buffer.from(text)), 10)));
    for (let times = 0; times < 2; times++) await store.delete("one", [first?.sha256 ?? ""]);
    expect(await bucket.keysBelow("swept/")).toEqual([`swept/one/${second?.sha256.slice(0, 2)}/${second?.sha256}`]);
    expect(await failure(store.localPath("one", first?.sha256 ?? ""))).toBe("not_found");
  });

  it("says so when the bucket cannot be used", async () => {
    const store = new S3BlobStore(
      parseS3Url(bucket.urlOf("x").replace(`/${bucket.name}/`, "/no-such-bucket/")),
      join(folder, "none"),
    );
    await expect(store.put("one", once(Buffer.from("x")), 10)).rejects.toThrow(/bucket/i);
  });
});

it("the cache lets go of what was not used for longest, and of nothing that is in use", async () => {
  const root = join(folder, "cache");
  const store = new S3BlobStore(parseS3Url(bucket.urlOf("cache")), root);
  const paths: string[] = [];
  for (const text of ["oldest", "middle", "newest"]) {
    const { sha256 } = await store.put("one", once(Buffer.alloc(1_000, text)), 2_000);
    paths.push(await store.localPath("one", sha256));
  }
  const hour = 3_600_000;
  const age = (path: string, hours: number) => {
    const at = new Date(Date.now() - hours * hour);
    utimesSync(path, at, at);
  };
  const isThere = () => paths.map((path) => Boolean(statSync(path, { throwIfNoEntry: false })));
  const [oldest = "", middle = "", newest = ""] = paths;
  age(oldest, 5);
  age(middle, 4);
  age(newest, 3);
  await new BlobCache(root, 3_000).sweep();
  expect(isThere()).toEqual([true, true, true]);
  await new BlobCache(root, 2_500).sweep();
  expect(isThere()).toEqual([false, true, true]);
  expect(await new BlobCache(root, 0).find(middle.slice(root.length + 1))).toBe(middle);
  await new BlobCache(root, 0).sweep();
  expect(isThere()).toEqual([false, true, false]);
});
