import { PassThrough } from "node:stream";
import { ZipFile } from "yazl";
import { blobStore, type StoredBlob } from "@/lib/blobs";
import { AppError, messageOf } from "@/lib/errors";
import {
  coerceInput,
  describeJson,
  type IoType,
  isFileType,
  type JsonValue,
  maxValueBytes,
  parseJson,
  type StoredFile,
  type StoredValue,
  type StoredValues,
  storeValue,
  stringifyJson,
  textTypes,
  withArticle,
} from "@/lib/values";
import { ownValue } from "@/lib/values/own";
import type { PlanStep } from "@/lib/workflows/definition/plan";
import type { OutputFile, RunnerValue } from "../action-runtime/protocol";
import type { SecretMask } from "./mask";

/** A handler's outputs are not what its metadata declares. */
export class OutputInvalid extends Error {
  override name = "OutputInvalid";
}

const maxOutputFileBytes = 1024 ** 3;

type Received = { kind: "file"; stored: StoredFile } | { kind: "value"; text: string };

interface Incoming {
  sink: PassThrough;
  done: Promise<void>;
}

/** Takes the files and large values that a handler streams out, straight into the blob store. */
export class OutputReceiver {
  private readonly incoming = new Map<number, Incoming>();
  private readonly received = new Map<number, Promise<Received>>();
  /** A directory's parts are one zip, opened by its first stream. */
  private readonly directories = new Map<string, ZipFile>();
  private failure: unknown;

  constructor(private readonly projectId: string) {}

  file(file: OutputFile): void {
    const sink = new PassThrough();
    const done = new Promise<void>((resolve) => sink.once("close", resolve));
    this.incoming.set(file.stream, { sink, done });
    if (file.kind === "directory") this.directoryPart(file, sink);
    else if (file.kind === "value") this.keep(file.stream, this.receiveValue(sink));
    else this.keep(file.stream, this.receiveFile(file, sink));
  }

  chunk(stream: number, bytes: Buffer): Promise<void> | undefined {
    const { sink } = this.incoming.get(stream) ?? {};
    if (!sink || sink.destroyed || sink.write(Buffer.from(bytes))) return undefined;
    return new Promise((resolve) => {
      sink.once("drain", resolve);
      sink.once("close", () => resolve());
    });
  }

  fileEnd(stream: number): void {
    this.incoming.get(stream)?.sink.end();
    this.incoming.delete(stream);
  }

  async take(stream: number): Promise<Received> {
    for (const zip of this.directories.values()) zip.end();
    this.directories.clear();
    const received = this.received.get(stream);
    if (!received) throw new OutputInvalid("An output names a file that was never sent.");
    return received;
  }

  /** Ends what a handler that died left unfinished. */
  abandon(): void {
    for (const { sink } of this.incoming.values()) sink.destroy(new Error("the handler ended before its output"));
    this.incoming.clear();
    for (const zip of this.directories.values()) zip.end();
  }

  private keep(stream: number, receiving: Promise<Received>): void {
    receiving.catch((error) => {
      this.failure ??= error;
    });
    this.received.set(stream, receiving);
  }

  private async receiveFile(file: OutputFile, sink: PassThrough): Promise<Received> {
    const { sha256, size } = await this.store(file, sink);
    return { kind: "file", stored: { kind: "file", name: file.name || "file", blob: sha256, size } };
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
      if (size > maxValueBytes)
        throw new OutputInvalid(`An output is larger than ${maxValueBytes >> 20} MiB; return it as a file.`);
      chunks.push(chunk as Buffer);
    }
    return { kind: "value", text: Buffer.concat(chunks).toString() };
  }

  private directoryPart(file: OutputFile, sink: PassThrough): void {
    const zip = this.directories.get(file.output);
    if (zip) {
      zip.addReadStream(sink, file.path, { mode: 0o100644 });
      return;
    }
    const opened = new ZipFile();
    this.directories.set(file.output, opened);
    sink.resume();
    const store = this.store(file, opened.outputStream as unknown as AsyncIterable<Uint8Array>).then(
      ({ sha256, size }): Received => ({
        kind: "file",
        stored: { kind: "directory", name: file.name || "folder", blob: sha256, size },
      }),
    );
    this.keep(file.stream, store);
  }
}

/** What a handler may return for a declared type besides the type itself. */
export function coerceOutput(
  output: Pick<PlanStep["outputs"][number], "name" | "type" | "enumValues">,
  value: JsonValue,
): JsonValue {
  if (textTypes.includes(output.type) && typeof value !== "string") return coerceOutput(output, stringifyJson(value));
  const coerced = coerceInput(output, value);
  if (coerced.ok) return coerced.value;
  if (coerced.inside) throw new OutputInvalid(`The output “${output.name}” must be ${coerced.expected}.`);
  throw new OutputInvalid(
    `The output “${output.name}” is ${withArticle(output.type)} and must be ${coerced.expected}, but the handler returned ${describeJson(value)}.`,
  );
}

async function textOf(value: RunnerValue, receiver: OutputReceiver): Promise<JsonValue | StoredFile> {
  if ("json" in value) return value.json;
  if ("int" in value) return BigInt(value.int);
  const received = await receiver.take(value.stream);
  if (received.kind === "file") return received.stored;
  try {
    return parseJson(received.text);
  } catch (error) {
    throw new OutputInvalid(`An output is not JSON: ${messageOf(error)}.`);
  }
}

/** A value that carries one of the step's secrets on is kept as a secret itself. */
function isTainted(type: IoType, value: JsonValue, mask: SecretMask): boolean {
  if (type === "password") return true;
  return typeof value === "string" ? mask.finds(value) : typeof value === "object" && mask.finds(stringifyJson(value));
}

/** Checks what a handler returned against its metadata and writes it down. @throws OutputInvalid naming the output */
export async function storeOutputs(
  projectId: string,
  step: Pick<PlanStep, "outputs">,
  returned: Record<string, RunnerValue>,
  receiver: OutputReceiver,
  mask: SecretMask,
): Promise<StoredValues> {
  const stored: StoredValues = {};
  for (const output of step.outputs) {
    const value = ownValue(returned, output.name);
    const loaded = value === undefined ? null : await textOf(value, receiver);
    stored[output.name] = await storeOutput(projectId, output, loaded, mask);
  }
  return stored;
}

async function storeOutput(
  projectId: string,
  output: PlanStep["outputs"][number],
  value: JsonValue | StoredFile,
  mask: SecretMask,
): Promise<StoredValue> {
  if (value === null) {
    if (output.optional) return { value: null };
    throw new OutputInvalid(`The handler returned nothing for the output “${output.name}”.`);
  }
  if (isFileType(output.type)) {
    const isFile = typeof value === "object" && !Array.isArray(value) && "blob" in value;
    if (isFile) return value as StoredFile;
    throw new OutputInvalid(`The output “${output.name}” is ${withArticle(output.type)}, but no file came with it.`);
  }
  const coerced = coerceOutput(output, value as JsonValue);
  return storeValue(projectId, coerced, isTainted(output.type, coerced, mask));
}
