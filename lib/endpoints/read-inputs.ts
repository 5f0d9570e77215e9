import { AppError, type Issue } from "@/lib/errors";
import {
  type Coerced,
  coerceInput,
  coerceText,
  issuesOf,
  type StoredFile,
  type StoredValue,
  type StoredValues,
  storedNull,
  storeValue,
} from "@/lib/values";
import type { EndpointContract, EndpointInput } from "@/lib/workflows/definition/plan";
import { bodyInputsOf } from "./body-types";
import { type BodyValues, noBody, readBodyValues } from "./read-body";
import { textReader } from "./read-texts";

const readText = (input: EndpointInput, text: string | undefined) =>
  text === undefined ? undefined : coerceText(input, text);

/** An explicit null is the same as nothing. */
function bodyValueOf(input: EndpointInput, body: BodyValues): Coerced | StoredFile | undefined {
  const file = body.files.get(input.name);
  if (file) return file;
  const json = Object.hasOwn(body.json, input.name) ? body.json[input.name] : null;
  if (json !== undefined && json !== null) return coerceInput(input, json);
  return readText(input, body.texts.get(input.name));
}

/**
 * Reads and checks a call's inputs.
 * @throws AppError `bad_request`, `invalid_input` with each problem, `payload_too_large`, `unsupported_media_type`
 */
export async function readInputs(
  request: Request,
  url: URL,
  params: Record<string, string>,
  projectId: string,
  contract: EndpointContract,
): Promise<StoredValues> {
  const bodyInputs = bodyInputsOf(contract);
  const body = bodyInputs.length > 0 ? await readBodyValues(request, projectId, bodyInputs) : noBody();
  return storeInputs(projectId, contract.inputs, body, textReader(request, url.searchParams, params));
}

/** Checks what was read, and stores it. @throws AppError `invalid_input` with each problem */
export async function storeInputs(
  projectId: string,
  inputs: EndpointInput[],
  body: BodyValues,
  textOf: (input: EndpointInput) => string | undefined,
): Promise<StoredValues> {
  const issues: Issue[] = [];
  const stored: [string, StoredValue][] = [];
  for (const input of inputs) {
    const path = `${input.origin}.${input.name}`;
    const found = input.origin === "body" ? bodyValueOf(input, body) : readText(input, textOf(input));
    if (!found) {
      if (!input.optional) issues.push({ path, message: "is required" });
      stored.push([input.name, storedNull]);
    } else if ("kind" in found) {
      stored.push([input.name, found]);
    } else if (found.ok) {
      stored.push([input.name, await storeValue(projectId, found.value, input.type === "password")]);
    } else {
      issues.push(...issuesOf(path, found));
    }
  }
  if (issues.length === 0) return Object.fromEntries(stored);
  const all = issues.map((issue) => `${issue.path} ${issue.message}`).join("; ");
  throw new AppError("invalid_input", `Some of the input is not right: ${all}.`, { issues });
}
