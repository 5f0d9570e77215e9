import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";

/**
 * One operation of the management API: read by its route, the browser's and the command line's client, and the
 * printed OpenAPI document. Pure.
 */
export interface Contract {
  operationId: string;
  summary: string;
  tag: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/api/v1/projects/{project}/…` */
  path: string;
  /** Everything else needs a signed-in user. */
  access?: "public";
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A JSON body's schema, or the media type of a body that is streamed to the use case. */
  body?: z.ZodType | { mediaType: string; maxBytes: number };
  success: { status: 200 | 201 | 202 | 204; body?: z.ZodType; mediaType?: string };
  errors: ErrorCode[];
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

type Infer<T, Otherwise> = T extends z.ZodType ? z.output<T> : Otherwise;
export type ParamsOf<C extends Contract> = Infer<C["params"], Record<string, never>>;
export type QueryOf<C extends Contract> = Infer<C["query"], Record<string, never>>;
export type BodyOf<C extends Contract> = C["body"] extends z.ZodType
  ? z.output<C["body"]>
  : C["body"] extends { mediaType: string }
    ? ReadableStream<Uint8Array>
    : undefined;
export type BodyInputOf<C extends Contract> = C["body"] extends z.ZodType ? z.input<C["body"]> : BodyInit | undefined;
export type ResultOf<C extends Contract> = Infer<C["success"]["body"], undefined>;

export function isJsonBody(body: Contract["body"]): body is z.ZodType {
  return body instanceof z.ZodType;
}

/** A text for a column of its own, which Postgres cannot fill with U+0000. */
export const columnText = () => z.string().regex(/^[^\0]*$/, "The character U+0000 is not accepted here.");

/** The largest that Postgres' `integer` holds. */
const maxColumnInteger = 2_147_483_647;

/** A whole number for a column of its own. */
export const columnInteger = () => z.number().int().max(maxColumnInteger);

/** The same in an address, where it stands as a text. */
export const columnIntegerText = () => z.coerce.number().int().max(maxColumnInteger);

/** One file that is sent by itself: its bytes, and what its sender calls it. */
export const uploadBody = { mediaType: "application/octet-stream", maxBytes: 64 * 1024 * 1024 };
export const uploadName = () => columnText().min(1).max(255).default("file");

export const projectParams = z.object({ project: z.string().min(1).max(40) });
export const timestampSchema = z.iso.datetime();

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

/** A page of a list; `nextCursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
