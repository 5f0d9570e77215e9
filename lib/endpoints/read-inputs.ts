import { Readable } from "node:stream";
import busboy from "busboy";
import { isZip } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { AppError, type Issue, messageOf } from "@/lib/errors";
import { readBody } from "@/lib/http/body";
import {
  type Coerced,
  coerceInput,
  coerceText,
  describeJson,
  isFileType,
  type JsonValue,
  parseJson,
  type StoredFile,
  type StoredValues,
  storedNull,
  storeValue,
} from "@/lib/values";
import type { EndpointContract, EndpointInput } from "@/lib/workflows/definition/plan";

export const maxJsonBodyBytes = 64 * 1024 * 1024;
const maxFileBytes = 1024 ** 3;
const maxParts = 300;

/** What was sent for the body's inputs: JSON values, texts of a form, and files that are stored already. */
interface BodyValues {
  json: Record<string, JsonValue>;
  texts: Map<string, string>;
  files: Map<string, StoredFile>;
}

const noBody = (): BodyValues => ({ json: {}, texts: new Map(), files: new Map() });

function mediaTypeOf(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

const isJsonType = (type: string) => type === "" || type === "application/json" || type.endsWith("+json");

async function readJsonBody(request: Request): Promise<BodyValues> {
  const bytes = await readBody(request, maxJsonBodyBytes);
  if (bytes.length === 0) return noBody();
  let value: JsonValue;
  try {
    value = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("bad_request", "The body is not JSON.", { cause });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new AppError("bad_request", `The body must be a JSON object, but it is ${describeJson(value)}.`);
  }
  return { ...noBody(), json: value };
}

const unreadableForm = (cause: unknown) =>
  new AppError("bad_request", `The form cannot be read: ${messageOf(cause)}.`, { cause });

/** @throws AppError `bad_request` where the headers do not say how the parts are told apart */
function openForm(request: Request): busboy.Busboy {
  try {
    return busboy({
      headers: Object.fromEntries(request.headers),
      defParamCharset: "utf8",
      limits: { fileSize: maxFileBytes, parts: maxParts, fieldSize: maxJsonBodyBytes },
    });
  } catch (cause) {
    throw unreadableForm(cause);
  }
}

/** Files go to the store as they arrive and are never held in memory. */
async function readFormBody(request: Request, projectId: string, inputs: EndpointInput[]): Promise<BodyValues> {
  const values = noBody();
  const wanted = new Map(inputs.map((input) => [input.name, input]));
  const stores: Promise<void>[] = [];
  const parser = openForm(request);
  parser.on("field", (name, text) => values.texts.set(name, text));
  parser.on("file", (name, stream, info) => {
    const input = wanted.get(name);
    if (!input || !isFileType(input.type)) {
      // A part with a file name for an input that is none: its text is what counts.
      stores.push(collectText(stream).then((text) => void values.texts.set(name, text)));
      return;
    }
    stores.push(
      blobStore()
        .put(projectId, stream, maxFileBytes)
        .then(async ({ sha256, size }) => {
          if (stream.truncated)
            throw new AppError("payload_too_large", `The file ${name} is larger than ${maxFileBytes >> 20} MiB.`);
          const kind = input.type === "directory" ? ("directory" as const) : ("file" as const);
          if (kind === "directory" && !(await isZip(await blobStore().localPath(projectId, sha256)))) {
            // Judged with the other inputs, like any text that stands where a folder should.
            values.texts.set(name, "");
            return;
          }
          const base = (info.filename ?? name).split(/[\\/]/).at(-1) || name;
          const fileName = kind === "directory" ? base.replace(/\.zip$/i, "") : base;
          values.files.set(name, { kind, blob: sha256, size, name: fileName.slice(0, 200), mediaType: info.mimeType });
        }),
    );
  });
  try {
    await new Promise<void>((resolve, reject) => {
      parser.on("close", resolve).on("error", reject);
      parser.on("partsLimit", () =>
        reject(new AppError("payload_too_large", `A form may have at most ${maxParts} parts.`)),
      );
      if (request.body)
        Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0])
          .on("error", reject)
          .pipe(parser);
      else parser.end();
    });
    await Promise.all(stores);
  } catch (cause) {
    await Promise.allSettled(stores);
    if (cause instanceof AppError) throw cause;
    throw unreadableForm(cause);
  }
  return values;
}

async function collectText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function readBodyValues(request: Request, projectId: string, inputs: EndpointInput[]): Promise<BodyValues> {
  const type = mediaTypeOf(request);
  const wantsFile = inputs.some((input) => isFileType(input.type));
  if (type === "multipart/form-data") return readFormBody(request, projectId, inputs);
  if (type === "application/x-www-form-urlencoded") {
    const form = new URLSearchParams((await readBody(request, maxJsonBodyBytes)).toString());
    return { ...noBody(), texts: new Map(form) };
  }
  if (isJsonType(type)) return readJsonBody(request);
  const takes = wantsFile ? "multipart/form-data" : "application/json";
  throw new AppError("unsupported_media_type", `The body is ${type}; send ${takes}.`);
}

function cookiesOf(request: Request): Map<string, string> {
  const pairs = (request.headers.get("cookie") ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=");
    if (at < 0) return [];
    return [[pair.slice(0, at).trim(), decodeQuietly(pair.slice(at + 1).trim())] as const];
  });
  return new Map(pairs);
}

function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headerOf(request: Request, name: string): string | null {
  return request.headers.get(name) ?? request.headers.get(name.replaceAll("_", "-"));
}

/** Reads and checks a call's inputs. @throws AppError `bad_request`, `invalid_input` with each problem, `payload_too_large`, `unsupported_media_type` */
export async function readInputs(
  request: Request,
  url: URL,
  params: Record<string, string>,
  projectId: string,
  contract: EndpointContract,
): Promise<StoredValues> {
  const bodyInputs = contract.inputs.filter((input) => input.origin === "body");
  const body = bodyInputs.length > 0 ? await readBodyValues(request, projectId, bodyInputs) : noBody();
  const cookies = contract.inputs.some((input) => input.origin === "cookie")
    ? cookiesOf(request)
    : new Map<string, string>();
  const textOf = (input: EndpointInput): string | null | undefined => {
    switch (input.origin) {
      case "path":
        return params[input.name];
      case "query":
        return url.searchParams.getAll(input.name).at(-1);
      case "header":
        return headerOf(request, input.name);
      case "cookie":
        return cookies.get(input.name);
      case "body":
        return body.texts.get(input.name);
    }
  };
  const issues: Issue[] = [];
  const stored: StoredValues = {};
  for (const input of contract.inputs) {
    const path = `${input.origin}.${input.name}`;
    const file = body.files.get(input.name);
    if (input.origin === "body" && file) {
      stored[input.name] = file;
      continue;
    }
    const json = input.origin === "body" && Object.hasOwn(body.json, input.name) ? body.json[input.name] : undefined;
    const text = textOf(input);
    if ((json === undefined || json === null) && (text === undefined || text === null)) {
      if (!input.optional) issues.push({ path, message: "is required" });
      stored[input.name] = storedNull;
      continue;
    }
    const coerced: Coerced =
      json !== undefined && json !== null ? coerceInput(input, json) : coerceText(input, text as string);
    if (coerced.ok) stored[input.name] = await storeValue(projectId, coerced.value, input.type === "password");
    else issues.push({ path, message: `must be ${coerced.expected}` });
  }
  if (issues.length > 0) {
    throw new AppError(
      "invalid_input",
      `Some of the input is not right: ${issues.map((issue) => `${issue.path} ${issue.message}`).join("; ")}.`,
      { issues },
    );
  }
  return stored;
}
