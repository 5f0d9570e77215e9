import { fileURLToPath } from "node:url";
import { z } from "zod";
import { messageOf } from "@/lib/errors";
import { parseLimits } from "@/lib/limits/limit-text";
import { parseFolders } from "./fleet/folders";

const optionalUrl = z.url().optional();
const providerSecrets = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) });

const limitsSchema = z
  .string()
  .default("")
  .transform((text, context) => {
    try {
      return parseLimits(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error) });
      return z.NEVER;
    }
  });

const ownEnvironmentSchema = z.object({
  /** The application role's connection: it may not bypass row security. */
  DATABASE_URL: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().min(1).default("127.0.0.1:7233"),
  TEMPORAL_NAMESPACE: z.string().min(1).default("default"),
  TEMPORAL_API_KEY: z.string().optional(),
  /** Everything that is encrypted or signed hangs on this; at least 32 characters. */
  MILLRACE_SECRET: z.string().min(32),
  MILLRACE_PUBLIC_URL: z.url().default("http://localhost:3000"),
  MILLRACE_HOME: z.string().min(1).default(".millrace"),
  /** Says that level L2 keeps tenants apart well enough for the operator. */
  MILLRACE_ALLOW_CONFINED_MULTI_TENANT: z.stringbool().default(false),
  MILLRACE_SIGNUP: z.enum(["open", "invite", "closed"]).default("open"),
  /** `file:///…` or `s3://…`; without it, a folder below MILLRACE_HOME. */
  BLOB_STORE_URL: optionalUrl,
  MILLRACE_RUNNERD_SOCKET: z.string().optional(),
  /** Folders of this machine and the projects that may use each; runnerd hands them out. */
  MILLRACE_FOLDERS: z.string().default(""),
  MILLRACE_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Where the moments of each run are written down, for measuring. */
  MILLRACE_TRACE_FILE: z.string().optional(),
  /** What every project may use, `name=value` each, where that is not what is built in (`lib/limits/names.ts`). */
  MILLRACE_LIMITS: limitsSchema,
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  OIDC_ISSUER: optionalUrl,
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default("OpenID Connect"),
});

const environmentSchema = ownEnvironmentSchema.superRefine(({ MILLRACE_FOLDERS: text, ...rest }, context) => {
  try {
    parseFolders(text, stateFolders(rest.MILLRACE_HOME, rest.BLOB_STORE_URL));
  } catch (error) {
    context.addIssue({ code: "custom", path: ["MILLRACE_FOLDERS"], message: (error as Error).message });
  }
});

/** Where the platform keeps what is its own. */
function stateFolders(home: string, blobStore: string | undefined): string[] {
  return blobStore?.startsWith("file:") ? [home, fileURLToPath(blobStore)] : [home];
}

export type Environment = z.infer<typeof environmentSchema>;

let parsed: Environment | undefined;

/**
 * The process's configuration, checked once.
 * @throws Error that lists every variable that is missing or malformed.
 */
export function env(): Environment {
  if (parsed) return parsed;
  const result = environmentSchema.safeParse(process.env);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not usable. ${problems.join("; ")}`);
  }
  parsed = result.data;
  return parsed;
}

/** A sign-in provider's credentials, or undefined where the environment does not configure both halves. */
export function providerCredentials(clientId?: string, clientSecret?: string) {
  return providerSecrets.safeParse({ clientId, clientSecret }).data;
}
