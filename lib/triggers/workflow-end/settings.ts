import { z } from "zod";

/** What a trigger after a workflow says, read and checked. Pure. */

export const endStates = ["completed", "failed", "canceled"] as const;

export const followSettingsSchema = z.object({
  /** Null for all other workflows of the project. */
  workflowId: z.string().nullable(),
  states: z.array(z.enum(endStates)).min(1),
});
export type FollowSettings = z.infer<typeof followSettingsSchema>;
