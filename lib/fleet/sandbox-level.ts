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

/** Several tenants may share a machine only behind namespaces (L3) or more. */
export function holdsTenantsApart(level: SandboxLevel): boolean {
  return sandboxLevels.indexOf(level) >= sandboxLevels.indexOf("L3p");
}
