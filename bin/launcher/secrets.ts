import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const secretsSchema = z.object({
  /** MILLRACE_SECRET of an embedded instance. */
  secret: z.string(),
  postgresPassword: z.string(),
});
export type Secrets = z.infer<typeof secretsSchema>;

/** The instance's own secrets: made once, readable by nobody else. Losing them loses every encrypted value. */
export function readSecrets(home: string): Secrets {
  mkdirSync(home, { recursive: true });
  const path = join(home, "secrets.json");
  if (existsSync(path)) return secretsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const secrets: Secrets = {
    secret: randomBytes(32).toString("base64url"),
    postgresPassword: randomBytes(24).toString("base64url"),
  };
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return secrets;
}
