import { z } from "zod";

/** What deploying a draft would change. Pure. */
export const deploymentPreviewSchema = z.object({
  /** The draft's. */
  revision: z.number().int(),
  /** The live version's number, which the draft is compared with. */
  live: z.number().int().nullable(),
  valid: z.boolean(),
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
