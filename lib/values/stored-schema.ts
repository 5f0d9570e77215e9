import { z } from "zod";

const blobFields = { blob: z.string().length(64), size: z.number().int().nonnegative() };

/** A value as rows and payloads hold it: small ones inline, secret ones sealed, large ones and files by reference. */
export const storedValueSchema = z.union([
  z.strictObject({ value: z.json() }),
  z.strictObject({ integer: z.string() }),
  /** The text of a structure that holds an integer beyond 2^53. */
  z.strictObject({ json: z.string() }),
  z.strictObject({ secret: z.string() }),
  z.strictObject({ kind: z.literal("json"), ...blobFields }),
  z.strictObject({ kind: z.literal("sealed"), ...blobFields }),
  z.strictObject({
    kind: z.enum(["file", "directory"]),
    name: z.string(),
    mediaType: z.string().optional(),
    ...blobFields,
  }),
]);
export type StoredValue = z.infer<typeof storedValueSchema>;
export type StoredInline = z.infer<ReturnType<typeof z.json>>;
export type StoredFile = Extract<StoredValue, { kind: "file" | "directory" }>;
export type StoredValues = Record<string, StoredValue>;
export const storedValuesSchema = z.record(z.string(), storedValueSchema);
