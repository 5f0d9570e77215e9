import { type IoDefinition, isStructured } from "@/lib/values/types";
import { bytesOf, type JsonObject } from "./json-schema";
import type { SharedSchemas } from "./shared-schemas";

/**
 * Where a value of an IO type stands: as text in a path, a query, a header or a cookie, in a JSON body, as a part of a
 * form, or among JSON results.
 */
export type IoPlace = "text" | "json" | "part" | "result";

type DescribedIo = Pick<IoDefinition, "type" | "enumValues" | "schema">;

const base64Pattern = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/** The media type of an input's part in a form, or undefined for types that are sent as plain text. */
export function partMediaType({ type }: Pick<DescribedIo, "type">): string | undefined {
  if (isStructured(type)) return "application/json";
  if (type === "directory") return "application/zip";
  return type === "file" || type === "table" || type === "bytes" ? "application/octet-stream" : undefined;
}

function bytesSchema(place: IoPlace): JsonObject {
  if (place === "part") return bytesOf("application/octet-stream");
  return {
    type: "string",
    pattern: base64Pattern,
    // As a parameter it would make forms ask for a file.
    ...(place !== "text" && { contentEncoding: "base64" }),
  };
}

function fileSchema(io: DescribedIo, place: IoPlace): JsonObject {
  if (place === "result") return { type: "string", format: "uri" };
  // A file cannot stand in JSON: there only its absence can be said.
  return place === "part" ? bytesOf(partMediaType(io) ?? "application/octet-stream") : { type: "null" };
}

/** What the JSON Schema of an input or output accepts is what `coerceInput` and `coerceText` accept. */
export function ioSchema(io: DescribedIo & { name: string }, place: IoPlace, shared: SharedSchemas): JsonObject {
  switch (io.type) {
    case "string":
    case "longstring":
      return { type: "string" };
    case "password":
      return { type: "string", format: "password" };
    case "enum":
      return { type: "string", ...(io.enumValues?.length && { enum: [...new Set(io.enumValues)] }) };
    case "integer":
      // Without an example, forms offer the smallest number.
      return { type: "integer", format: "int64", minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n, examples: [1] };
    case "float":
      return { type: "number", format: "double" };
    case "boolean":
      return { type: "boolean" };
    case "bytes":
      return bytesSchema(place);
    case "file":
    case "directory":
    case "table":
      return fileSchema(io, place);
    case "object":
    case "array":
      return { type: io.type, ...(io.schema && shared.place(io.schema, io.name)) };
  }
}
