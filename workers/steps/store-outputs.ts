import { AppError, messageOf } from "@/lib/errors";
import {
  coerceInput,
  describeJson,
  type IoType,
  isFileType,
  type JsonValue,
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
import type { RunnerValue } from "../action-runtime/protocol";
import type { SecretMask } from "./mask";
import { OutputInvalid, type OutputReceiver, valueTooLarge } from "./output-receiver";

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
  try {
    return await storeValue(projectId, coerced, isTainted(output.type, coerced, mask));
  } catch (cause) {
    // What came was not too large, but as the text that was asked for it is.
    if (!(cause instanceof AppError && cause.code === "payload_too_large")) throw cause;
    throw new OutputInvalid(valueTooLarge(`The output “${output.name}”`), { cause });
  }
}
