import { deflateRawSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { CatalogueProject } from "../support/catalogue";
import { rawZip } from "../support/raw-zip";
import { zipOf } from "../support/zip";

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with(
    ...["read-file", "string-to-file", "archive", "unpack", "image-resize", "pdf-text", "base64"],
  );
}, 240_000);

const outputs = (action: string, inputs: Record<string, unknown>) => catalogue.outputsOf(action, inputs);
const failure = (action: string, inputs: Record<string, unknown>) => catalogue.failureOf(action, inputs);
const bytes = (...values: number[]) => new Uint8Array(values);

describe("read-file", () => {
  const read = (content: string | Uint8Array<ArrayBuffer>, more = {}) =>
    outputs("read-file", { file: { name: "a.txt", content }, ...more });

  it.concurrent("finds the encoding", async () => {
    expect(await read(bytes(0xef, 0xbb, 0xbf, 0x61))).toMatchObject({ text: "a", encoding: "utf-8-sig" });
    expect(await read(bytes(0xff, 0xfe, 0x61, 0x00))).toMatchObject({ text: "a", encoding: "utf-16" });
    expect(await read(bytes(0xfc, 0x80))).toMatchObject({ text: "ü€", encoding: "cp1252" });
    expect(await read("")).toMatchObject({ text: "", size: 0 });
  });

  it.concurrent("refuses what does not fit, or is too large", async () => {
    const file = { name: "a.txt", content: bytes(0x61, 0xfc) };
    expect(await failure("read-file", { file, encoding: "utf-8" })).toMatch(/not a text in utf-8: byte 2/);
    expect(await failure("read-file", { file, max_bytes: 1 })).toMatch(/a.txt has 2 bytes; at most 1/);
  });

  it.concurrent("reads a text of several megabytes", async () => {
    const content = "ü".repeat(3_000_000);
    const given = await read(content);
    expect(given.size).toBe(6_000_000);
    expect(JSON.parse(await catalogue.textOf(given.text))).toBe(content);
  });
});

describe("string-to-file", () => {
  it.concurrent("keeps nothing of a name but its last part", async () => {
    for (const name of ["../../etc/up.txt", "C:\\folder\\up.txt", "/up.txt"])
      expect((await outputs("string-to-file", { text: "x", name })).file).toMatchObject({ file: "up.txt" });
    expect(await failure("string-to-file", { text: "x", name: "a/.." })).toMatch(/is not a file name/);
  });

  it.concurrent("may be named as a file of the package, which the next call does not see", async () => {
    for (const text of ["one", "two"]) {
      const { file } = await outputs("string-to-file", { text, name: "ryax_handler.py" });
      expect(await catalogue.textOf(file)).toBe(text);
    }
  });

  it.concurrent("says which character an encoding lacks", async () => {
    expect(await failure("string-to-file", { text: "a☀", encoding: "latin-1" })).toMatch(
      /latin-1 has no '☀' \(character 2/,
    );
  });
});

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

describe("image-resize", () => {
  const image = { file: "example/sunset.png" };
  const sizeOf = async (inputs: Record<string, unknown>) => {
    const { width, height } = await outputs("image-resize", { image, ...inputs });
    return [width, height];
  };

  it.concurrent.each([
    [{ width: 80 }, [80, 60]],
    [{ height: 30 }, [40, 30]],
    [{ width: 80, height: 80 }, [80, 60]],
    [{ width: 80, height: 80, fit: "cover" }, [80, 80]],
    [{ width: 80, height: 80, fit: "pad" }, [80, 80]],
    [{ width: 300, height: 300, fit: "pad" }, [300, 300]],
    [{ width: 50, height: 10, fit: "stretch" }, [50, 10]],
    [{ width: 320 }, [160, 120]],
    [{ width: 320, enlarge: true }, [320, 240]],
    [{}, [160, 120]],
  ])("%j", async (inputs, expected) => {
    expect(await sizeOf(inputs)).toEqual(expected);
  });

  it.concurrent("writes each format as what it is", async () => {
    const starts = { png: "89504e47", jpeg: "ffd8ff", webp: "52494646" };
    for (const [format, start] of Object.entries(starts)) {
      const given = await outputs("image-resize", { image, format, width: 20 });
      expect(given.format).toBe(format);
      expect((await catalogue.bytesOf(given.image)).toString("hex").startsWith(start)).toBe(true);
    }
  });

  it.concurrent("refuses what is no image, damaged or out of measure", async () => {
    expect(await failure("image-resize", { image: { name: "a.png", content: "no" } })).toMatch(/a.png is not a PNG/);
    const png = await catalogue.bytesOf((await outputs("image-resize", { image })).image);
    const half = new Uint8Array(png.subarray(0, png.length / 2));
    expect(await failure("image-resize", { image: { name: "a.png", content: half } })).toMatch(/damaged/);
    const huge = new Uint8Array(png);
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 60_000);
    expect(await failure("image-resize", { image: { name: "a.png", content: huge } })).toMatch(
      /60000 x 60000 pixels|damaged|not a PNG/,
    );
    expect(await failure("image-resize", { image, width: 0 })).toMatch(/width must be from 1/);
    expect(await failure("image-resize", { image, background: "reddish" })).toMatch(/not a colour/);
    expect(await failure("image-resize", { image, quality: 101 })).toMatch(/quality must be/);
  });
});

describe("pdf-text", () => {
  const file = { file: "example/letter.pdf" };
  it.concurrent("reads the pages that are named, and the properties", async () => {
    const given = await outputs("pdf-text", { file, pages: "2" });
    expect(given).toMatchObject({ text: "Yours, Bob", pages: 2 });
    expect(JSON.parse(String(given.properties))).toMatchObject({ title: "A letter", author: "Bob" });
    expect((await outputs("pdf-text", { file, pages: "1-" })).text).toContain("Dear Ada");
  });

  it.concurrent.each([
    ["3", /no page 3; the file has 2/],
    ["2-1", /no page/],
    ["0", /no page/],
    ["a", /names no page/],
  ])("refuses the pages %s", async (pages, message) => {
    expect(await failure("pdf-text", { file, pages })).toMatch(message);
  });

  it.concurrent("refuses what is no PDF", async () => {
    expect(await failure("pdf-text", { file: { name: "a.pdf", content: "%PDF-1.4 no" } })).toMatch(
      /a.pdf is not a PDF/,
    );
  });
});

describe("base64", () => {
  it.concurrent("gives bytes back as they were", async () => {
    const content = new Uint8Array(deflateRawSync(Buffer.from("any bytes ☀".repeat(50))));
    const encoded = await outputs("base64", { file: { name: "x", content } });
    expect(encoded.text).toBe(Buffer.from(content).toString("base64"));
    const decoded = await outputs("base64", { operation: "decode", text: encoded.text, name: "x.bin" });
    expect(decoded).toMatchObject({ text: null, file: { file: "x.bin" }, size: content.length });
    expect(new Uint8Array(await catalogue.bytesOf(decoded.file))).toEqual(content);
  });

  it.concurrent.each(["SGVsbG8g4piA", "SGVs\nbG8g 4piA==", "data:text/plain;base64,SGVsbG8g4piA"])(
    "decodes %j",
    async (text) => {
      expect((await outputs("base64", { operation: "decode", text })).text).toBe("Hello ☀");
    },
  );

  it.concurrent("refuses what is none", async () => {
    expect(await failure("base64", { operation: "decode", text: "SGVs*" })).toMatch(/not base64/);
    expect(await failure("base64", {})).toMatch(/either a text or a file/);
  });
});
