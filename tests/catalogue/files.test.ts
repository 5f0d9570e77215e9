import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { CatalogueProject } from "../support/catalogue";

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with(...["read-file", "string-to-file", "image-resize", "pdf-text", "base64"]);
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
