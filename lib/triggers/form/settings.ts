import { z } from "zod";

/** What a form's node says, read and checked. Pure. */
export const formSettingsSchema = z.object({
  /** Empty for the workflow's own name and description. */
  title: z.string(),
  introduction: z.string(),
  submitLabel: z.string(),
  limitPerMinute: z.number().int().min(1),
});
export type FormSettings = z.infer<typeof formSettingsSchema>;
