import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { borrow } from "../support/borrow";
import { type Handler, serverName } from "../support/handler";
import { findServer, ServerProcess, serveHttp, startPython } from "../support/servers";
import { startSsh } from "../support/ssh-server";

const json = (value: unknown) => JSON.parse(String(value));
const { closing, handlerOf } = borrow();

function folderWith(parent: string, files: Record<string, string>): { path: string } {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(parent, "source", name, ".."), { recursive: true });
    writeFileSync(join(parent, "source", name), content);
  }
  return { path: join(parent, "source") };
}

describe("s3", () => {
  let server: ServerProcess;
  let basics: Record<string, string>;
  const handlers = {} as Record<"upload" | "download" | "list", Handler>;
  beforeAll(async () => {
    const port = await freePort();
    for (const name of ["upload", "download", "list"] as const) handlers[name] = await handlerOf(`s3-${name}`);
    server = await startPython("s3.py", [String(port)], port);
    closing.push(() => server.stop());
    basics = {
      endpoint: `http://${serverName}:${port}`,
      region: "us-east-1",
      access_key: "ada",
      secret_key: "se:cret/+",
      bucket: "reports",
    };
    await fetch(`http://127.0.0.1:${port}/reports`, { method: "PUT" });
  }, 240_000);

  it("stores a file with what belongs to it, and fetches it", async () => {
    const content = "größe ☀\n".repeat(1_000);
    const stored = await handlers.upload.outputsOf({
      ...basics,
      file: { name: "Bericht ü.txt", content },
      key: "2026/",
      metadata: '{"origin": "test"}',
      link_seconds: 600,
    });
    expect(stored).toMatchObject({ keys: '["2026/Bericht ü.txt"]', count: 1, size: Buffer.byteLength(content) });
    expect(
      await (
        await fetch(String(stored.link).replace(serverName, "127.0.0.1"), {
          headers: { host: new URL(String(stored.link)).host },
        })
      ).text(),
    ).toBe(content);
    const { outputs, paths } = await handlers.download.run({ ...basics, key: "2026/Bericht ü.txt" });
    expect(outputs).toMatchObject({ found: true, content_type: "text/plain", size: Buffer.byteLength(content) });
    expect(json(outputs?.metadata)).toEqual({ origin: "test" });
    expect(outputs?.modified).toMatch(/^20\d\d-/);
    expect(await readFile(paths?.file ?? "", "utf8")).toBe(content);
  });

  it("stores a folder, and a large file in parts", async () => {
    const folder = folderWith(server.folder, { "a.txt": "a", "deep/b.csv": "b" });
    const stored = await handlers.upload.outputsOf({ ...basics, folder, key: "all" });
    expect([json(stored.keys), stored.etag]).toEqual([["all/a.txt", "all/deep/b.csv"], ""]);
    const large = { name: "large.bin", content: new Uint8Array(12 << 20).fill(7) };
    const { etag } = await handlers.upload.outputsOf({ ...basics, file: large, key: "large.bin" });
    expect(etag).toMatch(/-\d+$/);
    const limited = { ...basics, key: "large.bin", max_megabytes: 11 };
    expect(await handlers.download.failureOf(limited)).toMatch(/at most 11 MiB are fetched/);
    const { outputs } = await handlers.download.run({ ...limited, max_megabytes: 12 });
    expect(outputs?.size).toBe(12 << 20);
  });

  it("lists, folder by folder or all, in parts", async () => {
    for (const key of ["list/1", "list/2", "list/sub/3"])
      await handlers.upload.outputsOf({ ...basics, file: { name: "x", content: key }, key });
    const keys = async (more: Record<string, unknown>) => {
      const { items, more: isMore } = await handlers.list.outputsOf({ ...basics, prefix: "list/", ...more });
      return [json(items).map((item: { key: string }) => item.key), isMore];
    };
    expect(await keys({})).toEqual([["list/1", "list/2", "list/sub/3"], false]);
    expect(await keys({ recursive: false })).toEqual([["list/1", "list/2", "list/sub/"], false]);
    expect(await keys({ limit: 2 })).toEqual([["list/1", "list/2"], true]);
    expect(await keys({ limit: 2, after: "list/2" })).toEqual([["list/sub/3"], false]);
  });

  it("says what is not there, or takes it for nothing", async () => {
    expect(await handlers.download.failureOf({ ...basics, key: "none" })).toMatch(
      /reports: .*\((NoSuchKey|ResourceNotFound)\)/,
    );
    expect(await handlers.download.outputsOf({ ...basics, key: "none", missing_is_empty: true })).toMatchObject({
      found: false,
    });
    expect(await handlers.list.failureOf({ ...basics, bucket: "no-such-bucket" })).toMatch(/NoSuchBucket/);
    const file = { name: "x", content: "x" };
    expect(await handlers.upload.failureOf({ ...basics, bucket: "no-such-bucket", file })).toMatch(/NoSuchBucket/);
  });

  it("says what is wrong with what it is given", async () => {
    const file = { name: "x", content: "x" };
    expect(await handlers.upload.failureOf(basics)).toMatch(/either a file or a folder/);
    expect(await handlers.upload.failureOf({ ...basics, file, metadata: '{"a": 1}' })).toMatch(/object of texts/);
    expect(await handlers.upload.failureOf({ ...basics, file, bucket: "x" })).toMatch(/bucket/i);
    expect(await handlers.list.failureOf({ ...basics, endpoint: "127.0.0.1:9000" })).toMatch(
      /must be an address such as/,
    );
    const absent = { ...basics, endpoint: `http://${serverName}:${await freePort()}` };
    expect(await handlers.list.failureOf(absent)).toMatch(/cannot be reached/);
    const web = await serveHttp((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    );
    closing.push(web.close);
    const failure = await handlers.list.failureOf({ ...basics, endpoint: web.url });
    expect(failure).toMatch(/does not answer as an S3 server|cannot/);
    expect(failure).not.toContain("se:cret");
  }, 60_000);
});

const sshd = findServer("sshd");
describe.skipIf(!sshd)("sftp against OpenSSH", () => {
  const server = new ServerProcess();
  const handlers = {} as Record<"upload" | "download", Handler>;
  let basics: Record<string, unknown>;
  let root: string;
  beforeAll(async () => {
    for (const name of ["upload", "download"] as const) handlers[name] = await handlerOf(`sftp-${name}`);
    closing.push(() => server.stop());
    ({ root, basics } = await startSsh(server, sshd as string));
  }, 120_000);

  it("puts a file where it is wanted, whole or not at all", async () => {
    const file = { name: "Bericht ü.txt", content: "one" };
    const stored = await handlers.upload.outputsOf({ ...basics, file, path: "new/folder/" });
    expect(stored).toEqual({ paths: '["new/folder/Bericht ü.txt"]', count: 1, size: 3 });
    expect(readFileSync(join(root, "new/folder/Bericht ü.txt"), "utf8")).toBe("one");
    await handlers.upload.outputsOf({ ...basics, file: { ...file, content: "two" }, path: "new/folder/Bericht ü.txt" });
    expect(readFileSync(join(root, "new/folder/Bericht ü.txt"), "utf8")).toBe("two");
    const again = { ...basics, file, path: "new/folder/", overwrite: false };
    expect(await handlers.upload.failureOf(again)).toMatch(/is there already/);
    expect(readdirSync(join(root, "new/folder"))).toEqual(["Bericht ü.txt"]);
  });

  it("puts the files of a folder", async () => {
    const folder = folderWith(server.folder, { "a.txt": "a", "deep/b.csv": "b" });
    const { paths } = await handlers.upload.outputsOf({ ...basics, folder, path: "copy" });
    expect(json(paths)).toEqual(["copy/a.txt", "copy/deep/b.csv"]);
    expect(statSync(join(root, "copy/deep/b.csv")).size).toBe(1);
  });

  it("fetches a file, and what of a folder fits, once", async () => {
    mkdirSync(join(root, "out"));
    const content = Buffer.alloc(3 << 20, "ü");
    for (const name of ["order-1.csv", "order-2.csv", "other.txt"]) writeFileSync(join(root, "out", name), content);
    mkdirSync(join(root, "out", "order-folder.csv"));
    const one = await handlers.download.run({ ...basics, path: "out/other.txt" });
    expect([one.outputs?.count, one.outputs?.folder ?? null]).toEqual([1, null]);
    expect((await readFile(one.paths?.file ?? "")).equals(content)).toBe(true);
    const some = await handlers.download.run({ ...basics, path: "out", pattern: "order-*.csv", after: "delete" });
    expect(json(some.outputs?.files).map((file: { name: string }) => file.name)).toEqual([
      "order-1.csv",
      "order-2.csv",
    ]);
    expect(readdirSync(some.paths?.folder ?? "")).toEqual(["order-1.csv", "order-2.csv"]);
    expect(readdirSync(join(root, "out")).sort()).toEqual(["order-folder.csv", "other.txt"]);
    const limited = { ...basics, path: "out/other.txt", max_megabytes: 2 };
    expect(await handlers.download.failureOf(limited)).toMatch(/more than 2 MiB/);
    rmSync(join(root, "out"), { recursive: true });
  });

  it("signs in by keys of each kind, with their passphrase", async () => {
    const key = (name: string) => readFileSync(join(server.folder, name), "utf8");
    const upload = (more: Record<string, unknown>) =>
      handlers.upload.run({ ...basics, file: { name: "k", content: "k" }, path: "keys/", ...more });
    expect((await upload({ private_key: key("ecdsa") })).error).toBeUndefined();
    expect((await upload({ private_key: key("rsa"), passphrase: "open sesame" })).error).toBeUndefined();
    expect((await upload({ private_key: key("rsa") })).error).toMatch(/needs its passphrase/);
    expect((await upload({ private_key: key("rsa"), passphrase: "wrong" })).error).toMatch(/passphrase is wrong/);
    expect((await upload({ private_key: "none" })).error).toMatch(/not an Ed25519, ECDSA or RSA key/);
  });

  it("gives a server that is not the right one nothing, and shows what it has", async () => {
    const wrong = { ...basics, host_key: `SHA256:${"A".repeat(43)}`, path: "x" };
    expect(await handlers.download.failureOf(wrong)).toMatch(/another host key than it should: SHA256:/);
    mkdirSync(join(root, "seen"), { recursive: true });
    const { log, error } = await handlers.download.run({ ...basics, host_key: undefined, path: "seen" });
    expect(error).toBeUndefined();
    expect(log).toContain(`its host key is ${basics.host_key}`);
  });

  it("says what does not work", async () => {
    const { private_key: _, ...withoutKey } = basics;
    const failures = [
      await handlers.download.failureOf({ ...withoutKey, password: "wrong", path: "x" }),
      await handlers.download.failureOf({ ...basics, path: "none/at/all" }),
      await handlers.download.failureOf({ ...basics, port: await freePort(), path: "x" }),
      await handlers.upload.failureOf({
        ...basics,
        file: { name: "a", content: "a" },
        path: "no/such/",
        create_folders: false,
      }),
    ];
    expect(failures).toEqual([
      expect.stringMatching(/does not accept the sign-in|wants another sign-in/),
      expect.stringMatching(/none\/at\/all is not there/),
      expect.stringMatching(/cannot be reached|no SSH server that can be used/),
      expect.stringMatching(/no\/such\/a cannot be written/),
    ]);
    expect(existsSync(join(root, "no"))).toBe(false);
    const web = await serveHttp((_request, response) => response.end());
    closing.push(web.close);
    const notSsh = { ...basics, port: Number(new URL(web.url).port), path: "x", timeout: 3 };
    expect(await handlers.download.failureOf(notSsh)).toMatch(/no SSH server that can be used/);
  });
});
