import { z } from "zod";
import { runStates } from "@/drizzle/enums";
import { defineContract, projectParams, timestampSchema } from "@/lib/http/contract";

export const activityHours = 24;

export const workflowActivitySchema = z.object({
  workflow: z.string(),
  lastRun: z.object({ id: z.string(), state: z.enum(runStates), createdAt: timestampSchema }).nullable(),
  /** The last day by hours, oldest first. */
  hours: z.array(z.object({ runs: z.number().int(), failed: z.number().int() })).length(activityHours),
  /** Of the last day's completed runs. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export type WorkflowActivity = z.infer<typeof workflowActivitySchema>;

export const showActivityContract = defineContract({
  operationId: "showActivity",
  summary: "What each workflow has been doing: its last run, and the last day's runs, failures and durations",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/activity",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(workflowActivitySchema) }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});
