import { createHash } from "node:crypto";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { beforeAll, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { growthDuring } from "../support/memory-watch";
import { TestProject } from "../support/project";

const mebibyte = 1024 * 1024;
/** What a process may take beside the files: far less than any of them has. */
const mostGrowth = 192 * mebibyte;

const same = "def handle(i): return {'out': i['it']}\n";
const sameInNode = "exports.handle = ({ it }) => ({ out: it });\n";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    { id: "same-file", inputs: { it: "file" }, outputs: { out: "file" }, code: same },
    { id: "same-file-node", type: "nodejs", inputs: { it: "file" }, outputs: { out: "file" }, code: sameInNode },
    { id: "same-folder", inputs: { it: "directory" }, outputs: { out: "directory" }, code: same },
  );
  const waits = { timeout: -1 };
  await project.deployEndpoint({
    ...waits,
    path: "/file",
    inputs: { it: "file" },
    steps: {
      python: { use: "same-file", with: { it: "=api.it" } },
      node: { use: "same-file-node", with: { it: "=python.out" }, after: ["python"] },
    },
    resultFile: "node.out",
  });
  await project.deployEndpoint({
    ...waits,
    path: "/folder",
    inputs: { it: "directory" },
    steps: { folder: { use: "same-folder", with: { it: "=api.it" } } },
    resultFile: "folder.out",
  });
});

/** No two blocks of it are the same. */
function* blocksOf(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += mebibyte) {
    const block = Buffer.alloc(mebibyte, sent / mebibyte);
    block.writeUInt32BE(sent / mebibyte);
    yield block;
  }
}

/** Sends a form with one file that is made as it is sent. */
async function send(path: string, name: string, content: Readable): Promise<IncomingMessage> {
  const boundary = "part-of-a-test";
  const { port, pathname } = new URL(`${project.url}/user-api/${project.id}${path}`);
  const headers = { authorization: project.key, "content-type": `multipart/form-data; boundary=${boundary}` };
  const call = httpRequest({ port, path: pathname, method: "POST", headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => call.on("response", resolve).on("error", reject));
  async function* form() {
    yield `--${boundary}\r\nContent-Disposition: form-data; name="it"; filename="${name}"\r\n\r\n`;
    yield* content;
    yield `\r\n--${boundary}--\r\n`;
  }
  await Promise.all([pipeline(Readable.from(form()), call), answered]);
  return answered;
}

async function digestOf(content: AsyncIterable<Buffer>): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}

const expectLittle = (growth: Record<string, number>) => {
  for (const [name, bytes] of Object.entries(growth)) expect(bytes, `${name} grew`).toBeLessThan(mostGrowth);
};

it("a file of 1 GiB goes in, through Python and Node, and out, and is in no process's memory", {
  timeout: 600_000,
}, async () => {
  const bytes = 1024 * mebibyte;
  const growth = await growthDuring(async () => {
    const answer = await send("/file", "large.bin", Readable.from(blocksOf(bytes)));
    expect([answer.statusCode, answer.headers["content-length"]]).toEqual([200, String(bytes)]);
    expect(await digestOf(answer)).toEqual(await digestOf(Readable.from(blocksOf(bytes))));
  });
  expectLittle(growth);
});

it("a folder of 300 MiB goes in and out as a zip, and is in no process's memory", { timeout: 600_000 }, async () => {
  const zip = new ZipFile();
  for (const name of ["a.bin", "sub/b.bin", "sub/c.bin"])
    zip.addReadStream(Readable.from(blocksOf(100 * mebibyte)), name, { compress: false });
  zip.end();
  const growth = await growthDuring(async () => {
    const answer = await send("/folder", "folder.zip", Readable.from(zip.outputStream));
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/zip"]);
    expect((await digestOf(answer)).size).toBeGreaterThan(0);
  });
  expectLittle(growth);
});

it("what does not fit into a step's scratch space says how much there is, and what gives more", {
  timeout: 120_000,
}, async () => {
  const python =
    "def handle(i):\n    with open('big', 'wb') as f:\n        for _ in range(400): f.write(bytes(1 << 20))\n";
  const node = `const fs = require("node:fs");
    exports.handle = () => { for (let n = 0; n < 400; n++) fs.appendFileSync("big", Buffer.alloc(1 << 20)); };\n`;
  await project.pushCode({ id: "fill", code: python }, { id: "fill-node", type: "nodejs", code: node });
  for (const use of ["fill", "fill-node"]) {
    const { id } = await project.deployManual({ name: use, steps: { fill: { use } } });
    const { error } = await project.start(id, {}, 30);
    expect(error?.message).toMatch(
      /256 MiB in \/work and 64 MiB in \/tmp; \/work gets half of spec\.resources\.memory/,
    );
  }
});
