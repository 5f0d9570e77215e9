import { coerceInput, type StoredValues } from "@/lib/values";
import type { EndpointContract, EndpointInput } from "@/lib/workflows/definition/plan";
import { bodyInputsOf } from "./body-types";
import { type BodyValues, noBody, readBodyValues } from "./read-body";
import { textReader } from "./read-texts";
import { type Found, lookFor, readText, storeFound } from "./store-found";

/** An explicit null is the same as nothing. */
export function bodyValueOf(input: EndpointInput, body: BodyValues): Found {
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
  return storeFound(
    projectId,
    lookFor(contract.inputs, {
      ofBody: (input) => bodyValueOf(input, body),
      textOf: textReader(request, url.searchParams, params),
    }),
  );
}
