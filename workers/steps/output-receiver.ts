import { basename } from "node:path";
import { PassThrough } from "node:stream";
import { ZipFile } from "yazl";
import { blobStore, type StoredBlob } from "@/lib/blobs";
import { AppError } from "@/lib/errors";
import { maxValueBytes, type StoredFile } from "@/lib/values";
import type { OutputFile } from "../action-runtime/protocol";

/** A handler's outputs are not what its metadata declares. */
export class OutputInvalid extends Error {
  override name = "OutputInvalid";
}

export const valueTooLarge = (what: string) =>
  `${what} is larger than ${maxValueBytes >> 20} MiB; return it as a file.`;

const maxOutputFileBytes = 1024 ** 3;
/** What file systems take, in bytes. */
const maxNameBytes = 255;

type Received = { kind: "file"; stored: StoredFile } | { kind: "value"; text: string };

/** The name is the handler's to choose, and becomes that of a file in the inbox of the next one. */
function nameOf(given: string, otherwise: string): string {
  let name = basename(given).replace(/[\0\p{Surrogate}]/gu, "\ufffd");
  while (Buffer.byteLength(name) > maxNameBytes) name = name.slice(1);
  return name === "" || name === "." || name === ".." ? otherwise : name;
}

/** What a zip can hold, and whoever unpacks it puts below their own folder. */
function isPartPath(path: string): boolean {
  const parts = path.split("/");
  return !/^[A-Za-z]:|[\\\0]/.test(path) && !parts.some((part) => part === "" || part === "." || part === "..");
}

/**
 * Takes the files and large values that a handler streams out, straight into the blob store. Throws nothing while they
 * come: what is wrong with them is told to who takes them.
 */
export class OutputReceiver {
  private readonly incoming = new Map<number, PassThrough>();
  private readonly received = new Map<number, Promise<Received>>();
  /** A directory's parts are one zip, opened by its first stream. */
  private readonly directories = new Map<string, ZipFile>();
  private refusal: OutputInvalid | undefined;

  constructor(private readonly projectId: string) {}

  file(file: OutputFile): void {
    const sink = new PassThrough();
    // Its reader is told; a part of a directory may have none yet.
    sink.on("error", () => {});
    this.incoming.set(file.stream, sink);
    if (file.kind === "directory") this.directoryPart(file, sink);
    else if (file.kind === "value") this.keep(file.stream, this.receiveValue(sink));
    else this.keep(file.stream, this.receiveFile(file, sink));
  }

  chunk(stream: number, bytes: Buffer): Promise<void> | undefined {
    const sink = this.incoming.get(stream);
    if (!sink || sink.destroyed || sink.write(Buffer.from(bytes))) return undefined;
    return new Promise((resolve) => {
      const goOn = () => {
        for (const event of ["drain", "close"]) sink.off(event, goOn);
        resolve();
      };
      for (const event of ["drain", "close"]) sink.once(event, goOn);
    });
  }

  fileEnd(stream: number): void {
    this.incoming.get(stream)?.end();
    this.incoming.delete(stream);
  }

  async take(stream: number): Promise<Received> {
    if (this.incoming.size > 0) throw new OutputInvalid("An output names a file that was not sent to its end.");
    for (const zip of this.directories.values()) zip.end();
    this.directories.clear();
    if (this.refusal) throw this.refusal;
    const received = this.received.get(stream);
    if (!received) throw new OutputInvalid("An output names a file that was never sent.");
    return received;
  }

  /** Ends what a handler that died left unfinished. */
  abandon(): void {
    const error = new Error("the handler ended before its output");
    for (const sink of this.incoming.values()) sink.destroy(error);
    this.incoming.clear();
    for (const zip of this.directories.values()) (zip.outputStream as PassThrough).destroy(error);
    this.directories.clear();
  }

  private keep(stream: number, receiving: Promise<Received>): void {
    // Whoever takes it is told; nobody may.
    receiving.catch(() => {});
    this.received.set(stream, receiving);
  }

  private async receiveFile(file: OutputFile, sink: PassThrough): Promise<Received> {
    const { sha256, size } = await this.store(file, sink);
    return { kind: "file", stored: { kind: "file", name: nameOf(file.name, "file"), blob: sha256, size } };
  }

  private async store({ output }: OutputFile, content: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
    try {
      return await blobStore().put(this.projectId, content, maxOutputFileBytes);
    } catch (cause) {
      if (!(cause instanceof AppError && cause.code === "payload_too_large")) throw cause;
      const message = `The output “${output}” is larger than ${maxOutputFileBytes >> 20} MiB.`;
      throw new OutputInvalid(message, { cause });
    }
  }

  private async receiveValue(sink: PassThrough): Promise<Received> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of sink) {
      size += (chunk as Buffer).length;
      if (size > maxValueBytes) throw new OutputInvalid(valueTooLarge("An output"));
      chunks.push(chunk as Buffer);
    }
    return { kind: "value", text: Buffer.concat(chunks).toString() };
  }

  private directoryPart(file: OutputFile, sink: PassThrough): void {
    const zip = this.directories.get(file.output);
    if (!zip) return this.openDirectory(file, sink);
    if (isPartPath(file.path)) return zip.addReadStream(sink, file.path, { mode: 0o100644 });
    sink.resume();
    this.refusal ??= new OutputInvalid(
      `The output “${file.output}” holds a file whose name has no place in a folder of another system: ${JSON.stringify(file.path.slice(0, 200))}.`,
    );
  }

  private openDirectory(file: OutputFile, sink: PassThrough): void {
    const opened = new ZipFile();
    this.directories.set(file.output, opened);
    sink.resume();
    const content = opened.outputStream as PassThrough;
    content.on("error", () => {});
    opened.on("error", (error) => content.destroy(error as Error));
    const store = this.store(file, content).then(({ sha256, size }): Received => {
      const stored = { kind: "directory", name: nameOf(file.name, "folder"), blob: sha256, size } as const;
      return { kind: "file", stored };
    });
    this.keep(file.stream, store);
  }
}
