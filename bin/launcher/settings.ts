import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { messageOf } from "@/lib/errors";
import { parseFolders } from "@/lib/fleet/folders";

const launcherEnvironment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  MILLRACE_HOME: z.string().min(1).default(".millrace"),
  DATABASE_URL: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().optional(),
  MILLRACE_TEMPORAL_BIN: z.string().optional(),
  MILLRACE_SECRET: z.string().min(32, "MILLRACE_SECRET needs at least 32 characters").optional(),
  MILLRACE_PUBLIC_URL: z.url().optional(),
  MILLRACE_FOLDERS: z.string().default(""),
  MILLRACE_ALLOW_CONFINED_MULTI_TENANT: z.stringbool().default(false),
});

export interface Settings {
  port: number;
  host: string;
  home: string;
  publicUrl: string;
  databaseUrl: string | undefined;
  temporalAddress: string | undefined;
  temporalBin: string | undefined;
  secret: string | undefined;
  /** Several tenants may share a machine that confines actions without isolating them (L2). */
  isConfinedEnough: boolean;
}

/** What went wrong in words for the operator, with what to do about it. */
export class StartFailed extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const wildcards = ["0.0.0.0", "::"];

export function readSettings(): Settings {
  const parsed = launcherEnvironment.safeParse(process.env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new StartFailed(`The environment is not usable: ${problems.join("; ")}`, "Correct or unset these variables.");
  }
  checkFolders(parsed.data.MILLRACE_FOLDERS, parsed.data.MILLRACE_HOME);
  const { PORT: port, HOST: host, ...rest } = parsed.data;
  const shownHost = wildcards.includes(host) || host === "127.0.0.1" ? "localhost" : host;
  return {
    port,
    host,
    home: resolve(rest.MILLRACE_HOME),
    publicUrl: rest.MILLRACE_PUBLIC_URL ?? `http://${shownHost.includes(":") ? `[${shownHost}]` : shownHost}:${port}`,
    databaseUrl: rest.DATABASE_URL,
    temporalAddress: rest.TEMPORAL_ADDRESS,
    temporalBin: rest.MILLRACE_TEMPORAL_BIN,
    secret: rest.MILLRACE_SECRET,
    isConfinedEnough: rest.MILLRACE_ALLOW_CONFINED_MULTI_TENANT,
  };
}

function checkFolders(text: string, home: string): void {
  try {
    parseFolders(text, [home]);
  } catch (error) {
    const remedy = "For example: MILLRACE_FOLDERS='incoming=/srv/incoming:PROJECT', where PROJECT is its id.";
    throw new StartFailed(`MILLRACE_FOLDERS: ${messageOf(error)}`, remedy, { cause: error });
  }
}

export function isFirstStart(home: string): boolean {
  return !existsSync(home);
}
