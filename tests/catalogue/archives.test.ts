import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { CatalogueProject } from "../support/catalogue";
import { rawZip } from "../support/raw-zip";
import { zipOf } from "../support/zip";

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with("archive", "unpack");
}, 240_000);

const outputs = (action: string, inputs: Record<string, unknown>) => catalogue.outputsOf(action, inputs);
const failure = (action: string, inputs: Record<string, unknown>) => catalogue.failureOf(action, inputs);

describe("archive and unpack", () => {
  const folderOf = async () => {
    const zip = await zipOf({ "a.txt": "one", "sub/ü.txt": "two", "sub/deep/empty": "" });
    return { name: "things.zip", content: zip };
  };

  it.concurrent.each(["zip", "tar", "tar.gz", "tar.xz"])("what was packed as %s is unpacked", async (format) => {
    const packed = await outputs("archive", { folder: await folderOf(), format, name: "back up" });
    expect(packed).toMatchObject({ archive: { file: `back up.${format}` }, count: 3 });
    const content = new Uint8Array(await catalogue.bytesOf(packed.archive));
    const unpacked = await outputs("unpack", { archive: { name: "renamed.bin", content } });
    expect(JSON.parse(String(unpacked.names))).toEqual(["a.txt", "sub/deep/empty", "sub/ü.txt"]);
    expect(unpacked).toMatchObject({ count: 3, size: 6, folder: { directory: "renamed" } });
  });

  it.concurrent("the same content makes the same archive", async () => {
    const digests = [];
    for (let round = 0; round < 2; round++) {
      const packed = await outputs("archive", { folder: await folderOf() });
      digests.push((await catalogue.bytesOf(packed.archive)).toString("hex"));
    }
    expect(digests[0]).toBe(digests[1]);
  });

  it.concurrent("archive needs something to pack, and refuses a name that is there twice", async () => {
    expect(await failure("archive", {})).toMatch(/Give a folder or a file/);
    const file = { name: "a.txt", content: "other" };
    expect(await failure("archive", { folder: await folderOf(), file })).toMatch(/has a file a.txt already/);
  });

  const evil = (name: string, mode?: number) =>
    rawZip([{ name, content: Buffer.from("x"), ...(mode !== undefined && { mode }) }]);
  it.concurrent.each([
    ["../up.txt", evil("../up.txt"), /lies outside/],
    ["a/../../up.txt", evil("a/../../up.txt"), /lies outside/],
    ["/etc/passwd", evil("/etc/passwd"), /lies outside/],
    ["..\\up.txt", evil("..\\up.txt"), /lies outside/],
    ["C:\\up.txt", evil("C:\\up.txt"), /lies outside/],
    ["a link", evil("link", 0o120777), /is a link/],
    ["twice", rawZip(["a", "a"].map((name) => ({ name, content: Buffer.from(name) }))), /'a' twice/],
    ["a file as a folder", rawZip(["a", "a/b"].map((name) => ({ name, content: Buffer.from(name) }))), /twice/],
    ["no archive", Buffer.from("PK\x03\x04 this is none"), /not an archive/],
    ["nothing", Buffer.alloc(0), /not an archive/],
  ])("unpack refuses a zip with %s", async (_, content, message) => {
    const archive = { name: "evil.zip", content: new Uint8Array(content) };
    expect(await failure("unpack", { archive })).toMatch(message);
  });

  /** A tar entry: 512 bytes of header, then its content. */
  function tarEntry(name: string, type: string, content = "", link = ""): Buffer {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0", 100);
    header.write(content.length.toString(8).padStart(11, "0"), 124);
    header.write(type, 156);
    header.write(link, 157);
    header.write("ustar\x0000", 257);
    header.write("        ", 148);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, "0")}\0 `,
      148,
    );
    return Buffer.concat([header, Buffer.from(content.padEnd(Math.ceil(content.length / 512) * 512, "\0"))]);
  }
  it.concurrent.each([
    ["a symbolic link", tarEntry("link", "2", "", "/etc/passwd"), /link or a device/],
    ["a hard link", tarEntry("link", "1", "", "ryax_handler.py"), /link or a device/],
    ["a device", tarEntry("null", "3"), /link or a device/],
    ["a climbing name", tarEntry("../../up", "0", "x"), /lies outside/],
    ["an absolute name", tarEntry("/up", "0", "x"), /lies outside/],
  ])("unpack refuses a tar with %s", async (_, entry, message) => {
    const content = new Uint8Array(gzipSync(Buffer.concat([entry, Buffer.alloc(1024)])));
    expect(await failure("unpack", { archive: { name: "evil.tar.gz", content } })).toMatch(message);
  });

  it.concurrent("unpack counts what comes, whatever the archive says of it", async () => {
    const bomb = await zipOf({ "zeros.bin": Buffer.alloc(40 << 20) });
    expect(bomb.length).toBeLessThan(100_000);
    const archive = { name: "bomb.zip", content: new Uint8Array(bomb) };
    expect(await failure("unpack", { archive, max_megabytes: 10 })).toMatch(/more than 10 MiB/);
    const content = new Uint8Array(
      gzipSync(Buffer.concat([tarEntry("zeros", "0", "\0".repeat(20 << 20)), Buffer.alloc(1024)])),
    );
    expect(await failure("unpack", { archive: { name: "b.tgz", content }, max_megabytes: 10 })).toMatch(
      /more than 10 MiB/,
    );
    const many = await zipOf(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}`, ""])));
    const crowd = { name: "many.zip", content: new Uint8Array(many) };
    expect(await failure("unpack", { archive: crowd, max_files: 20 })).toMatch(/more than 20 files/);
  });

  it.concurrent("unpack says that an archive is encrypted", async () => {
    const content = new Uint8Array(evil("secret.txt"));
    for (const marker of [0x04034b50, 0x02014b50]) {
      const view = new DataView(content.buffer);
      for (let at = 0; at < content.length - 4; at++)
        if (view.getUint32(at, true) === marker) view.setUint8(at + (marker === 0x04034b50 ? 6 : 8), 1);
    }
    expect(await failure("unpack", { archive: { name: "e.zip", content } })).toMatch(/encrypted: 'secret.txt'/);
  });
});
