import type { z } from "zod";
import { type ErrorCode, statusOf } from "@/lib/errors";
import { type Contract, isJsonBody } from "@/lib/http/contract";
import { bytesOf, type JsonObject, SchemaPrinter } from "./json-schema";
import { problemSchema, securitySchemes } from "./product-components";

export interface DocumentedServer {
  /** Absolute, without a trailing slash. */
  url: string;
  sessionCookie: string;
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined, printer: SchemaPrinter): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, value]) => ({
    name,
    in: place,
    required: place === "path" || !value.safeParse(undefined).success,
    schema: printer.print(value as z.ZodType, "input"),
  }));
}

/** What is no JSON. A stream of events is left undescribed: JSON Schema knows values, and it never becomes one. */
function rawContent(mediaType: string): JsonObject {
  if (mediaType === "text/event-stream") return { [mediaType]: {} };
  return { [mediaType]: { schema: mediaType.endsWith("yaml") ? { type: "string" } : bytesOf(mediaType) } };
}

function requestBodyOf({ body }: Contract, printer: SchemaPrinter): JsonObject | undefined {
  if (!body) return undefined;
  if (!isJsonBody(body)) return { required: true, content: rawContent(body.mediaType) };
  return {
    // Without a body, what it could hold is taken as left out.
    required: !body.safeParse({}).success,
    content: { "application/json": { schema: printer.print(body, "input") } },
  };
}

function successOf({ success, summary }: Contract, printer: SchemaPrinter): JsonObject {
  const content = success.body
    ? { "application/json": { schema: printer.print(success.body, "output") } }
    : success.mediaType && rawContent(success.mediaType);
  return { description: summary, ...(content && { content }) };
}

/** What an operation can fail with for being one of its kind, besides what its contract names. */
function errorsOf(contract: Contract): ErrorCode[] {
  const { access, method, params, query, body } = contract;
  const isChange = method !== "GET";
  return [
    ...new Set<ErrorCode>([
      "bad_request",
      ...(access === "public" ? [] : (["unauthorized"] as const)),
      ...(access === "public" || !isChange ? [] : (["forbidden"] as const)),
      ...(params || query || isJsonBody(body) ? (["invalid_input"] as const) : []),
      ...(body ? (["payload_too_large"] as const) : []),
      ...contract.errors,
      "internal",
      "unavailable",
    ]),
  ];
}

const retryHeader: JsonObject = {
  "Retry-After": { description: "Seconds after which to try again.", schema: { type: "integer", minimum: 1 } },
};

function problemsOf(contract: Contract): JsonObject {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(contract)) byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), code]);
  const responses = [...byStatus].map(([status, codes]) => {
    const description = codes.map((code) => `\`${code}\``).join(", ");
    const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
    return [status, { description, ...([429, 503].includes(status) && { headers: retryHeader }), content }] as const;
  });
  return Object.fromEntries(responses);
}

function operationOf(contract: Contract, printer: SchemaPrinter): JsonObject {
  const parameters = [
    ...parametersOf("path", contract.params, printer),
    ...parametersOf("query", contract.query, printer),
  ];
  const requestBody = requestBodyOf(contract, printer);
  return {
    operationId: contract.operationId,
    summary: contract.summary,
    tags: [contract.tag],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { [contract.success.status]: successOf(contract, printer), ...problemsOf(contract) },
    security: contract.access === "public" ? [] : [{ personalToken: [] }, { session: [] }],
  };
}

/** The OpenAPI 3.1 document of the management API, printed from its contracts. Pure. */
export function productDocument(
  server: DocumentedServer,
  contracts: readonly Contract[],
  named: ReadonlyMap<string, z.ZodType>,
): JsonObject {
  const printer = new SchemaPrinter(named);
  const paths: Record<string, JsonObject> = {};
  for (const contract of contracts) {
    const operation = operationOf(contract, printer);
    paths[contract.path] = { ...paths[contract.path], [contract.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Millrace", version: "1", summary: "The management API: all that the dashboard can do." },
    servers: [{ url: server.url }],
    tags: [...new Set(contracts.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...printer.components(), Problem: problemSchema },
      securitySchemes: securitySchemes(server.sessionCookie),
    },
  };
}
