import { AppError } from "@/lib/errors";
import { readBody } from "@/lib/http/body";
import { describeJson, type JsonValue, parseJson, type StoredFile } from "@/lib/values";
import type { EndpointInput } from "@/lib/workflows/definition/plan";
import { acceptedBodies } from "./body-types";
import { readFormBody } from "./read-form";

export const maxJsonBodyBytes = 64 * 1024 * 1024;

/** What was sent for the body's inputs: JSON values, texts of a form, and files that are stored already. */
export interface BodyValues {
  json: Record<string, JsonValue>;
  texts: Map<string, string>;
  files: Map<string, StoredFile>;
}

export const noBody = (): BodyValues => ({ json: {}, texts: new Map(), files: new Map() });

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

function isEmpty({ headers }: Request): boolean {
  return !headers.has("transfer-encoding") && Number(headers.get("content-length") ?? 0) === 0;
}

/** @throws AppError `bad_request`, `payload_too_large`, `unsupported_media_type` naming what is taken */
export async function readBodyValues(
  request: Request,
  projectId: string,
  inputs: EndpointInput[],
  forms: "where they have a use" | "always a form" = "where they have a use",
): Promise<BodyValues> {
  if (isEmpty(request)) return noBody();
  const type = mediaTypeOf(request);
  const accepted = acceptedBodies(inputs);
  if (forms === "always a form") accepted.form = true;
  if (accepted.form && type === "multipart/form-data")
    return { json: {}, ...(await readFormBody(request, projectId, inputs)) };
  if (accepted.json && isJsonType(type)) return readJsonBody(request);
  const takes = [accepted.json && "application/json", accepted.form && "multipart/form-data"].filter(Boolean);
  throw new AppError(
    "unsupported_media_type",
    `The body is ${type || "of no declared type"}; send ${takes.join(" or ")}.`,
  );
}
