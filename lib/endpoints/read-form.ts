import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { blobStore } from "@/lib/blobs";
import { AppError, messageOf } from "@/lib/errors";
import { fileOfUpload, isFileType, maxValueBytes, type StoredFile } from "@/lib/values";
import type { EndpointInput } from "@/lib/workflows/definition/plan";
import { isUploaded } from "./body-types";

const maxFileBytes = 1024 ** 3;
const maxParts = 300;

export interface FormValues {
  texts: Map<string, string>;
  files: Map<string, StoredFile>;
}

/** Null for a file field that was left empty, as browsers send it. */
type Part = { name: string; text: string } | { name: string; file: StoredFile } | null;

const tooLarge = (message: string) => new AppError("payload_too_large", message);
const unreadable = (cause: unknown) =>
  new AppError("bad_request", `The form cannot be read: ${messageOf(cause)}.`, { cause });

function openForm(request: Request, wanted: Map<string, EndpointInput>): BusboyInstance {
  try {
    return Busboy({
      headers: { "content-type": request.headers.get("content-type") ?? "" },
      limits: { fileSize: maxFileBytes, parts: maxParts, fieldSize: maxValueBytes },
      // What an input is decides, not whether its part has a file name. Parts that nobody asked for are streamed away.
      isPartAFile(name, mediaType, fileName) {
        const input = wanted.get(name ?? "");
        if (!input || isFileType(input.type)) return true;
        return isUploaded(input.type) && (fileName !== undefined || mediaType !== "text/plain");
      },
    });
  } catch (cause) {
    throw unreadable(cause);
  }
}

async function storeFile(
  projectId: string,
  input: EndpointInput,
  stream: BusboyFileStream,
  sent: { fileName: string | undefined; mediaType: string },
): Promise<Part> {
  const { name } = input;
  const { sha256, size } = await blobStore().put(projectId, stream, maxFileBytes);
  if (stream.truncated) throw tooLarge(`The file ${name} is larger than ${maxFileBytes >> 20} MiB.`);
  if (size === 0 && sent.fileName === "") return null;
  const file = await fileOfUpload(projectId, input.type, { blob: sha256, size, name: sent.fileName || name });
  // Judged with the other inputs, like any text that stands where a folder should.
  if (typeof file === "string") return { name, text: "" };
  const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(sent.mediaType) ? sent.mediaType : "application/octet-stream";
  return { name, file: { ...file, name: file.name.slice(0, 200), mediaType } };
}

async function readBytes(
  { name }: EndpointInput,
  stream: BusboyFileStream,
  fileName: string | undefined,
): Promise<Part> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    if (stream.bytesRead > maxValueBytes) throw tooLarge(`${name} is larger than ${maxValueBytes >> 20} MiB.`);
  }
  if (chunks.length === 0 && fileName === "") return null;
  return { name, text: Buffer.concat(chunks).toString("base64") };
}

/** Collects a form's parts in their order, and gives up at the first that cannot be taken. */
class PartCollector {
  private readonly parts: Promise<Part>[] = [];
  private readonly streams: BusboyFileStream[] = [];
  private textBytes = 0;

  constructor(
    private readonly projectId: string,
    private readonly wanted: Map<string, EndpointInput>,
  ) {}

  async collect(form: BusboyInstance, body: Readable): Promise<Part[]> {
    try {
      await new Promise<void>((resolve, reject) => {
        const keep = (part: Promise<Part>) => {
          this.parts.push(part);
          part.catch(reject);
        };
        form.on("field", (name, text, _cut, isTruncated) => keep(this.takeText(name, text, isTruncated)));
        form.on("file", (name, stream, fileName, _encoding, mediaType) =>
          keep(this.takeStream(name, stream, fileName, mediaType)),
        );
        form.on("partsLimit", () => reject(tooLarge(`A form may have at most ${maxParts} parts.`)));
        form.on("finish", resolve).on("error", (cause) => reject(unreadable(cause)));
        body.on("error", (cause) => reject(unreadable(cause))).pipe(form);
      });
      return await Promise.all(this.parts);
    } catch (error) {
      body.unpipe(form);
      for (const stream of this.streams) stream.destroy();
      await Promise.allSettled(this.parts);
      throw error;
    }
  }

  private async takeText(name: string, text: string, isTruncated: boolean): Promise<Part> {
    this.textBytes += text.length;
    if (isTruncated || this.textBytes > maxValueBytes)
      throw tooLarge(`The form's texts are larger than ${maxValueBytes >> 20} MiB.`);
    return { name, text };
  }

  private async takeStream(
    name: string,
    stream: BusboyFileStream,
    fileName: string | undefined,
    mediaType: string,
  ): Promise<Part> {
    this.streams.push(stream);
    const input = this.wanted.get(name);
    if (!input) {
      stream.resume();
      return null;
    }
    if (isFileType(input.type)) return storeFile(this.projectId, input, stream, { fileName, mediaType });
    return readBytes(input, stream, fileName);
  }
}

/**
 * Reads `multipart/form-data`; files go to the store as they arrive and are never held in memory. Of parts with the
 * same name the last one counts.
 * @throws AppError `bad_request`, `payload_too_large`
 */
export async function readFormBody(request: Request, projectId: string, inputs: EndpointInput[]): Promise<FormValues> {
  const wanted = new Map(inputs.map((input) => [input.name, input]));
  const form = openForm(request, wanted);
  const body = request.body ? Readable.fromWeb(request.body as WebStream) : Readable.from([]);
  const values: FormValues = { texts: new Map(), files: new Map() };
  for (const part of await new PartCollector(projectId, wanted).collect(form, body)) {
    if (!part) continue;
    if ("file" in part) values.files.set(part.name, part.file);
    else values.texts.set(part.name, part.text);
  }
  return values;
}
