import type { ActionInterface, TrialOutput } from "@/lib/actions";
import { isFileType, type JsonValue, parseJson, stringifyJson } from "@/lib/values";
import { ownValue } from "@/lib/values/own";
import type { OutputFile, RunnerValue } from "../action-runtime/protocol";
import { OutputInvalid } from "../steps/output-receiver";
import { coerceOutput } from "../steps/store-outputs";

/** A value beyond this is shown by its beginning. */
const maxShownBytes = 128 * 1024;
const beginningBytes = 16 * 1024;
const maxValueBytes = 8 * 1024 ** 2;

interface Received {
  file: OutputFile;
  size: number;
  chunks: Buffer[];
  kept: number;
}

/** Takes what a handler streams out: of files the beginning and the size, of values all that is needed to check them. */
export class TrialReceiver {
  private readonly received = new Map<number, Received>();

  file(file: OutputFile): void {
    this.received.set(file.stream, { file, size: 0, chunks: [], kept: 0 });
  }

  chunk(stream: number, bytes: Buffer): void {
    const entry = this.received.get(stream);
    if (!entry) return;
    entry.size += bytes.length;
    const room = (entry.file.kind === "value" ? maxValueBytes : beginningBytes) - entry.kept;
    if (room <= 0) return;
    const part = Buffer.from(bytes.subarray(0, room));
    entry.chunks.push(part);
    entry.kept += part.length;
  }

  take(stream: number): Received {
    const entry = this.received.get(stream);
    if (!entry) throw new OutputInvalid("An output names a file that was never sent.");
    return entry;
  }

  /** How large all parts of a directory are together. */
  sizeOf(output: string): number {
    let size = 0;
    for (const entry of this.received.values()) if (entry.file.output === output) size += entry.size;
    return size;
  }
}

/** The text of a beginning, or null where it is none; a letter that the cut has halved is left away. */
function textOf(bytes: Buffer): string | null {
  const text = bytes.toString("utf8").replace(/\ufffd{1,3}$/, "");
  return text.includes("\ufffd") || text.includes("\0") ? null : text;
}

function shown(value: JsonValue): TrialOutput {
  const text = stringifyJson(value);
  const size = Buffer.byteLength(text);
  if (size > maxShownBytes) return { kind: "large", size, beginning: text.slice(0, beginningBytes) };
  // Beyond 2^53 an integer is shown by its digits.
  return { kind: "value", value: typeof value === "bigint" ? String(value) : JSON.parse(text) };
}

function readValue(value: RunnerValue, receiver: TrialReceiver): JsonValue {
  if ("json" in value) return value.json;
  if ("int" in value) return BigInt(value.int);
  const { chunks, size, kept } = receiver.take(value.stream);
  if (size > kept) throw new OutputInvalid(`An output is larger than ${maxValueBytes >> 20} MiB; return it as a file.`);
  return parseJson(Buffer.concat(chunks).toString());
}

/** Holds what a handler returned against its metadata. @throws OutputInvalid naming the output */
export function readOutputs(
  outputs: ActionInterface["outputs"],
  returned: Record<string, RunnerValue>,
  receiver: TrialReceiver,
): Record<string, TrialOutput> {
  const read: Record<string, TrialOutput> = {};
  for (const output of outputs) {
    const value = ownValue(returned, output.name);
    if (value === undefined || ("json" in value && value.json === null)) {
      if (!output.optional) throw new OutputInvalid(`The handler returned nothing for the output “${output.name}”.`);
      read[output.name] = { kind: "value", value: null };
    } else if (isFileType(output.type)) {
      if (!("stream" in value))
        throw new OutputInvalid(`The output “${output.name}” is a ${output.type}, but no file came with it.`);
      const { file, chunks } = receiver.take(value.stream);
      const isDirectory = file.kind === "directory";
      const beginning = isDirectory ? null : textOf(Buffer.concat(chunks));
      read[output.name] = { kind: "file", name: file.name || "file", size: receiver.sizeOf(output.name), beginning };
    } else if (output.type === "password") {
      coerceOutput(output, readValue(value, receiver));
      read[output.name] = { kind: "value", value: "••••••" };
    } else {
      read[output.name] = shown(coerceOutput(output, readValue(value, receiver)));
    }
  }
  return read;
}
