import { z } from "zod";
import { issueSchema } from "@/lib/actions/contract";

/** What would change if a draft, or an earlier version, went live. Pure. */
export const deploymentPreviewSchema = z.object({
  /** The draft's. */
  revision: z.number().int(),
  /** The number of the version that would go live; null for the draft. */
  version: z.number().int().nullable(),
  /** The live version's number, which it is compared with. */
  live: z.number().int().nullable(),
  /** Whether it could go live. */
  valid: z.boolean(),
  /** What keeps it from going live. */
  problems: z.array(issueSchema),
  steps: z.array(
    z.object({
      node: z.string(),
      name: z.string(),
      /** `id@version` of what it runs, or ran. */
      action: z.string(),
      kind: z.enum(["added", "removed", "changed"]),
      details: z.array(z.string()),
    }),
  ),
  /** Whether the answer is made of something else. */
  results: z.boolean(),
  /** What changes for callers of the endpoint. */
  contract: z.array(z.object({ message: z.string(), isBreaking: z.boolean() })),
});
export type DeploymentPreview = z.infer<typeof deploymentPreviewSchema>;
