import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { listFiles, unzip } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { AppError } from "@/lib/errors";
import type { StoredFiles } from "./resolve";

const limits = { maxFiles: 1_000, maxBytes: 1024 ** 3 };
const maxYamlBytes = 4 * 1024 * 1024;
const zipMagic = "PK";

export interface OpenedUpload {
  text: string;
  fileName: string;
  /** Files that came along, by path in the archive. */
  files: StoredFiles;
}

const nothingSent = () => new AppError("bad_request", "Send the workflow file in the request's body.");

async function startsLikeZip(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString("latin1") === zipMagic;
  } finally {
    await file.close();
  }
}

/**
 * Reads an uploaded workflow: a YAML file, or a zip of one with its files.
 * @throws AppError `bad_request` where nothing was sent, `invalid_definition`, `payload_too_large`
 */
export async function openUpload(projectId: string, content: ReadableStream<Uint8Array> | null): Promise<OpenedUpload> {
  if (!content) throw nothingSent();
  const folder = await mkdtemp(join(tmpdir(), "millrace-import-"));
  try {
    const path = join(folder, "upload");
    await pipeline(Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path));
    if (await startsLikeZip(path)) return await openZip(projectId, path, join(folder, "unpacked"));
    const bytes = await readFile(path);
    if (bytes.length === 0) throw nothingSent();
    if (bytes.length > maxYamlBytes)
      throw new AppError("payload_too_large", `A workflow file may have at most ${maxYamlBytes >> 20} MiB.`);
    return { text: bytes.toString(), fileName: "workflow.yaml", files: new Map() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openZip(projectId: string, path: string, folder: string): Promise<OpenedUpload> {
  await mkdir(folder);
  await unzip(path, folder, limits);
  const files = await listFiles(folder);
  const yamls = files.filter((file) => /(^|\/)[^/]+\.ya?ml$/.test(file.path));
  const main =
    yamls.find((file) => basename(file.path) === "workflow.yaml") ?? (yamls.length === 1 ? yamls[0] : undefined);
  if (!main) throw new AppError("invalid_definition", "The archive holds no workflow.yaml.");
  const stored: StoredFiles = new Map();
  for (const file of files) {
    if (file === main) continue;
    const { sha256, size } = await blobStore().put(projectId, createReadStream(file.absolutePath), limits.maxBytes);
    stored.set(file.path, { blob: sha256, size, name: basename(file.path) });
  }
  return { text: await readFile(main.absolutePath, "utf8"), fileName: basename(main.path), files: stored };
}
