import { z } from "zod";
import { defineContract, projectParams, timestampSchema } from "@/lib/http/contract";
import { limitSchema } from "@/lib/limits/contract";
import type { limitNames } from "@/lib/limits/names";

const count = z.number().int().nonnegative();

/** Runs by how they ended, within some time. */
const endedFields = {
  completed: count,
  failed: count,
  canceled: count,
  /** How long all steps took together, by the wall clock. */
  stepMs: count,
  /** Calls, runs and bytes that a limit turned away. */
  refused: count,
};

export const usagePeriodSchema = z.object({
  /** The last 24 hours, or the last 30 days. */
  hours: z.union([z.literal(24), z.literal(720)]),
  ...endedFields,
  refusedByLimit: z.array(z.object({ limit: z.string(), count })),
});
export type UsagePeriod = z.infer<typeof usagePeriodSchema>;

export const usageDaySchema = z.object({ day: z.iso.date(), ...endedFields });
export type UsageDay = z.infer<typeof usageDaySchema>;

export const usageSchema = z.object({
  at: timestampSchema,
  periods: z.array(usagePeriodSchema),
  /** The last 30 days in UTC, today last. */
  days: z.array(usageDaySchema),
  storage: z.object({ packageBytes: count, valueBytes: count, fileBytes: count, blobs: count }),
  /** Each limit, with what of it is in use at this moment; null where that is a matter of each call. */
  limits: z.array(limitSchema.extend({ used: z.number().nonnegative().nullable() })),
});
export type Usage = z.infer<typeof usageSchema>;
export type UsedLimit = Usage["limits"][number];

/** Those that one call is held to, and nothing adds up to. */
export const limitsOfCalls: readonly string[] = [
  "memoryBytes",
  "cpus",
  "processes",
  "callSeconds",
] satisfies (typeof limitNames)[number][];

export const showUsageContract = defineContract({
  operationId: "showUsage",
  summary: "What the project has used, and what of its limits is in use",
  tag: "Usage",
  method: "GET",
  path: "/api/v1/projects/{project}/usage",
  params: projectParams,
  success: { status: 200, body: usageSchema },
  errors: ["unauthorized", "forbidden", "not_found"],
});
