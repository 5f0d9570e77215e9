import { z } from "zod";

/** What a webhook's node says, read and checked. Pure. */

export const verifications = ["none", "github", "gitlab", "stripe", "slack", "standard", "hubspot", "hmac"] as const;
export type Verification = (typeof verifications)[number];
export const hmacAlgorithms = ["sha1", "sha256", "sha512"] as const;
export const hmacEncodings = ["hex", "base64"] as const;

export const webhookSettingsSchema = z.object({
  path: z.string(),
  verification: z.enum(verifications),
  /** For `hmac`. */
  signatureHeader: z.string(),
  signaturePrefix: z.string(),
  algorithm: z.enum(hmacAlgorithms),
  encoding: z.enum(hmacEncodings),
  /** Empty where the service's own is taken. */
  deliveryHeader: z.string(),
});
export type WebhookSettings = z.infer<typeof webhookSettingsSchema>;
