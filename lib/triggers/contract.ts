import { z } from "zod";
import { defineContract, projectParams, timestampSchema } from "@/lib/http/contract";
import { clockSettingsSchema } from "./clock/settings";

const workflowParams = projectParams.extend({ workflow: z.string().max(40) });
const commonErrors = ["unauthorized", "forbidden", "not_found"] as const;

export const clockSchema = z.object({
  settings: clockSettingsSchema,
  /** Where times that come every so often are counted from. */
  since: timestampSchema,
  /** When the only run of a clock that starts one was started. */
  endedAt: timestampSchema.nullable(),
  /** At most ten, soonest first. */
  next: z.array(timestampSchema),
  /** Times that were missed longer ago than any are made up for. */
  missed: z.number().int(),
  /** Times that were left out since the run before had not ended. */
  overlapped: z.number().int(),
});
export type ClockResource = z.infer<typeof clockSchema>;

export const showClockContract = defineContract({
  operationId: "showClock",
  summary: "A live workflow's clock: what it was set to, and the next ten times that it starts a run",
  tag: "Triggers",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/clock",
  params: workflowParams,
  success: { status: 200, body: clockSchema },
  errors: ["unavailable", ...commonErrors],
});
