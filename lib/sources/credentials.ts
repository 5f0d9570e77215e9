import { z } from "zod";
import { open, seal } from "@/lib/crypto/cipher";
import { keyFor } from "@/lib/crypto/keys";

export const credentialsSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("password"), username: z.string(), password: z.string() }),
  z.object({ kind: z.literal("deploy_key"), privateKey: z.string() }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;

/** As rows hold them: what may be shown, and all of it encrypted. */
export const sealedCredentialsSchema = z.object({
  kind: z.enum(["password", "deploy_key"]),
  username: z.string().nullable(),
  sealed: z.string(),
});
export type SealedCredentials = z.infer<typeof sealedCredentialsSchema>;

export function sealCredentials(credentials: Credentials): SealedCredentials {
  const sealed = seal(keyFor("source-credentials"), Buffer.from(JSON.stringify(credentials))).toString("base64");
  const username = credentials.kind === "password" ? credentials.username : null;
  return { kind: credentials.kind, username, sealed };
}

export function openCredentials({ sealed }: SealedCredentials): Credentials {
  return credentialsSchema.parse(
    JSON.parse(open(keyFor("source-credentials"), Buffer.from(sealed, "base64")).toString()),
  );
}
