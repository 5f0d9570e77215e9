import { z } from "zod";

/** What a clock trigger's node says, read and checked. Pure. */

export const missedPolicies = ["skip", "run_once", "run_all"] as const;
export const overlapPolicies = ["allow", "skip", "queue_one", "queue_all", "cancel_other"] as const;

const timingSchema = z.union([
  /** From the deployment on, which is the first of its times. */
  z.object({ kind: z.literal("every"), seconds: z.number().int().min(1) }),
  z.object({ kind: z.literal("cron"), expression: z.string() }),
  /** Null runs as soon as it is deployed. */
  z.object({ kind: z.literal("once"), at: z.iso.datetime().nullable() }),
]);
export type ClockTiming = z.infer<typeof timingSchema>;

export const clockSettingsSchema = z.object({
  timing: timingSchema,
  /** An IANA name. */
  timeZone: z.string(),
  jitterSeconds: z.number().min(0),
  missed: z.enum(missedPolicies),
  /** What was missed longer ago is not made up for. */
  missedWindowSeconds: z.number().min(0),
  overlap: z.enum(overlapPolicies),
});
export type ClockSettings = z.infer<typeof clockSettingsSchema>;
export type MissedPolicy = ClockSettings["missed"];
export type OverlapPolicy = ClockSettings["overlap"];
