import { isUtf8 } from "node:buffer";
import { blobStore } from "@/lib/blobs";
import { AppError } from "@/lib/errors";
import { deliveryNames, isJsonObject, type JsonObject, valueAt, valueAtPlaces } from "@/lib/triggers";
import {
  type Coerced,
  coerceInput,
  type JsonValue,
  parseJson,
  type StoredFile,
  type StoredValues,
  storedNull,
  storeValue,
  stringifyJson,
  textTypes,
} from "@/lib/values";
import type { EndpointInput, WebhookContract } from "@/lib/workflows/definition/plan";
import { readFormBody } from "./read-form";
import { textReader } from "./read-texts";
import { shownHeaders } from "./shown-headers";
import { type Found, lookFor, readText, type Sought, storeFound } from "./store-found";

/** A delivery's body, in whichever way it is written. */
export interface DeliveredBody {
  bytes: Buffer;
  mediaType: string;
  json: JsonObject | null;
  /** Of a body that is one. */
  list: JsonValue[] | null;
  texts: Map<string, string>;
  files: Map<string, StoredFile>;
}

function parseQuietly(text: string): Pick<DeliveredBody, "json" | "list"> {
  let value: JsonValue = null;
  try {
    value = parseJson(text);
  } catch {
    // Bodies may be anything.
  }
  return { json: isJsonObject(value) ? value : null, list: Array.isArray(value) ? value : null };
}

/** What is in a body that is a list of events, each as if it had come alone. @throws AppError `invalid_input` */
export function eventsIn(body: DeliveredBody): DeliveredBody[] {
  const events = body.list?.filter(isJsonObject);
  if (events && events.length === body.list?.length)
    return events.map((json) => ({ ...body, bytes: Buffer.from(stringifyJson(json)), json, list: null }));
  throw new AppError(
    "invalid_input",
    "The delivery is not what was expected: its body must be a JSON list of objects.",
  );
}

const mediaTypeOf = (headers: Headers) => (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** Reads the body once its signature has been checked. @throws AppError `bad_request` for a form that is none */
export async function readDeliveredBody(
  projectId: string,
  { inputs }: Pick<WebhookContract, "inputs">,
  headers: Headers,
  bytes: Buffer,
): Promise<DeliveredBody> {
  const mediaType = mediaTypeOf(headers);
  const body: DeliveredBody = { bytes, mediaType, json: null, list: null, texts: new Map(), files: new Map() };
  if (mediaType === "multipart/form-data") {
    const request = new Request("http://form", { method: "POST", headers, body: new Uint8Array(bytes) });
    const wanted = inputs.filter((input) => input.origin === "body");
    return { ...body, ...(await readFormBody(request, projectId, wanted)) };
  }
  if (!isUtf8(bytes)) return body;
  if (mediaType === "application/x-www-form-urlencoded") {
    const texts = new Map(new URLSearchParams(bytes.toString()));
    // GitHub and Slack can put a JSON document into a form's only field.
    return { ...body, texts, ...parseQuietly(texts.get("payload") ?? "") };
  }
  return { ...body, ...parseQuietly(bytes.toString()) };
}

type Named = Pick<EndpointInput, "name" | "type" | "optional" | "enumValues" | "schema">;

/** Whatever a text is asked for can be written as one. */
function coerceDelivered(input: Named, value: JsonValue): Coerced {
  const isText = textTypes.includes(input.type) && typeof value !== "string";
  return coerceInput(input, isText ? stringifyJson(value) : value);
}

function bodyValueOf(input: EndpointInput, { json, texts, files }: DeliveredBody): Found {
  const file = files.get(input.name);
  if (file) return file;
  const value = valueAt(json, input.name) ?? null;
  if (value !== null) return coerceDelivered(input, value);
  return readText(input, texts.get(input.name));
}

/** Where services name what they send, if not in headers. */
export const namesIn = ({ json, list, texts }: DeliveredBody): JsonObject | JsonValue[] =>
  json ?? list ?? Object.fromEntries(texts);

async function fixedOutputs(
  projectId: string,
  contract: WebhookContract,
  headers: Headers,
  query: URLSearchParams,
  body: DeliveredBody,
): Promise<StoredValues> {
  // A ready webhook says itself what it gives; the body it gives whole.
  if (contract.reading) return { body: await storeValue(projectId, body.bytes.toString()) };
  const { delivery, event } = deliveryNames(contract, headers, namesIn(body));
  const isText = isUtf8(body.bytes) && body.mediaType !== "multipart/form-data";
  const store = (value: JsonValue) => storeValue(projectId, value);
  return {
    body: await store(isText ? body.bytes.toString() : ""),
    file: isText || body.bytes.length === 0 ? storedNull : await storeBody(projectId, body),
    headers: await store(shownHeaders(headers)),
    query: await store(JSON.stringify(Object.fromEntries(query))),
    event: await store(event),
    delivery: await store(delivery),
  };
}

async function storeBody(projectId: string, { bytes, mediaType }: DeliveredBody): Promise<StoredFile> {
  async function* once() {
    yield bytes;
  }
  const { sha256, size } = await blobStore().put(projectId, once(), bytes.length);
  return { kind: "file", blob: sha256, size, name: "body", mediaType: mediaType || "application/octet-stream" };
}

/** The trigger's outputs: what every delivery has, and what this webhook's author takes out of it. @throws AppError `invalid_input` */
export async function readDelivery(
  projectId: string,
  contract: WebhookContract,
  request: Request,
  query: URLSearchParams,
  params: Record<string, string>,
  body: DeliveredBody,
): Promise<StoredValues> {
  const stored = await fixedOutputs(projectId, contract, request.headers, query, body);
  const named = (contract.reading?.outputs ?? []).map((output): Sought => {
    const value = valueAtPlaces(output.at, request.headers, body.json);
    const found = value === undefined ? undefined : coerceDelivered(output, value);
    return { declared: output, path: `body.${output.at[0]}`, found };
  });
  const taken = lookFor(contract.inputs, {
    ofBody: (input) => bodyValueOf(input, body),
    textOf: textReader(request, query, params),
  });
  const found = await storeFound(projectId, [...named, ...taken], "The delivery is not what was expected");
  return { ...stored, ...found };
}
