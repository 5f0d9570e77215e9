import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";

const profileSchema = z.object({
  url: z.string(),
  token: z.string(),
  /** The project that `project create` made last, used where none is named. */
  project: z.string().optional(),
});
export type Profile = z.infer<typeof profileSchema>;

function profilePath(): string {
  const base = process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config");
  return join(base, "millrace", "profile.json");
}

export function readProfile(): Profile | undefined {
  if (!existsSync(profilePath())) return undefined;
  const parsed = profileSchema.safeParse(JSON.parse(readFileSync(profilePath(), "utf8")));
  return parsed.success ? parsed.data : undefined;
}

/** Readable by its owner alone: it holds a token. */
export function writeProfile(profile: Profile): void {
  mkdirSync(dirname(profilePath()), { recursive: true, mode: 0o700 });
  writeFileSync(profilePath(), `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 });
  chmodSync(profilePath(), 0o600);
}

export function deleteProfile(): void {
  rmSync(profilePath(), { force: true });
}
