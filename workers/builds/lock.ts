import { createHash } from "node:crypto";
import { z } from "zod";

/** Resolved dependencies: what a build installs, here and on any other machine. */
const lockSchema = z.discriminatedUnion("language", [
  z.object({
    language: z.literal("python"),
    /** `major.minor` of the interpreter that they were resolved for. */
    python: z.string(),
    /** A requirements file with exact versions and hashes. */
    requirements: z.string(),
  }),
  z.object({
    language: z.literal("node"),
    packageJson: z.string(),
    packageLock: z.string(),
  }),
]);
export type Lock = z.infer<typeof lockSchema>;

export interface BuiltDependencies {
  lock: Lock;
  depsHash: string;
}

export function parseLock(text: string): Lock {
  return lockSchema.parse(JSON.parse(text));
}

/** Raised when the way dependencies are installed changes, so that old folders are not taken for new ones. */
const builderVersion = "1";

/** Names the folder that a lock is installed into: another interpreter or platform has another one. */
export function depsHashOf(lock: Lock, runtimeVersion: string): string {
  const parts = [builderVersion, process.platform, process.arch, runtimeVersion, JSON.stringify(lock)];
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}
