import { z } from "zod";
import { columnText, defineContract, projectParams, timestampSchema } from "@/lib/http/contract";

export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The key's first characters, to recognise it by. */
  prefix: z.string(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema.nullable(),
  lastUsedAt: timestampSchema.nullable(),
  revokedAt: timestampSchema.nullable(),
});
export type KeyResource = z.infer<typeof keySchema>;

/** A date alone means its end in UTC, as people mean it. */
export const expirySchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date().transform((date) => `${date}T23:59:59.999Z`)])
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() > Date.now(), "The expiry must lie in the future.");

export const createKeySchema = z.strictObject({
  name: columnText().trim().min(1, "Give the key a name.").max(100),
  expiresAt: expirySchema.nullable().optional(),
});

const keyParams = projectParams.extend({ key: z.string().max(40) });

export const createKeyContract = defineContract({
  operationId: "createKey",
  summary: "Create an API key; the secret is shown once",
  tag: "API keys",
  method: "POST",
  path: "/api/v1/projects/{project}/keys",
  params: projectParams,
  body: createKeySchema,
  success: { status: 201, body: keySchema.extend({ key: z.string() }) },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "conflict"],
});

export const listKeysContract = defineContract({
  operationId: "listKeys",
  summary: "The project's API keys, revoked ones included",
  tag: "API keys",
  method: "GET",
  path: "/api/v1/projects/{project}/keys",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(keySchema), requireKey: z.boolean() }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const revokeKeyContract = defineContract({
  operationId: "revokeKey",
  summary: "Revoke an API key; calls with it are refused from now on",
  tag: "API keys",
  method: "DELETE",
  path: "/api/v1/projects/{project}/keys/{key}",
  params: keyParams,
  success: { status: 200, body: keySchema },
  errors: ["unauthorized", "forbidden", "not_found"],
});
