import { z } from "zod";

/** How strongly a machine can hold untrusted handlers, weakest first. Pure. */
export const sandboxLevels = ["L0", "L1", "L2", "L3p", "L3", "L4"] as const;
export type SandboxLevel = (typeof sandboxLevels)[number];

export const sandboxReportSchema = z.object({
  level: z.enum(sandboxLevels),
  /** One plain sentence: what this level means for the operator. */
  meaning: z.string(),
  /** Why it is not higher, and the one command that mends it; null at L3 and up. */
  reason: z.string().nullable(),
  fix: z.string().nullable(),
  /** One plain sentence: who holds handlers to their memory and processor. */
  limits: z.string().default(""),
  /** Languages that actions can be run in here, and why not in the others. */
  languages: z.object({
    python: z.object({ available: z.boolean(), version: z.string().nullable(), reason: z.string().nullable() }),
    node: z.object({ available: z.boolean(), version: z.string().nullable(), reason: z.string().nullable() }),
  }),
});
export type SandboxReport = z.infer<typeof sandboxReportSchema>;

const isAtLeast = (level: SandboxLevel, least: SandboxLevel) =>
  sandboxLevels.indexOf(level) >= sandboxLevels.indexOf(least);

/** Behind namespaces (L3) or more; of less an operator is told wherever they look. */
export function isIsolated(level: SandboxLevel): boolean {
  return isAtLeast(level, "L3p");
}

/** Several tenants may share a machine only where actions are isolated, or confined and its operator says that it will do. */
export function holdsTenantsApart(level: SandboxLevel, isConfinedEnough: boolean): boolean {
  return isAtLeast(level, isConfinedEnough ? "L2" : "L3p");
}
