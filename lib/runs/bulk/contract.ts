import { z } from "zod";
import { defineContract, projectParams } from "@/lib/http/contract";
import { runFilterSchema } from "../contract";

/** What is done to many runs at a time: those that a filter finds. */

const commonErrors = ["unauthorized", "forbidden", "not_found"] as const;

export const countRunsContract = defineContract({
  operationId: "countRuns",
  summary: "How many runs a filter finds",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/bulk-runs/count",
  params: projectParams,
  query: runFilterSchema,
  success: { status: 200, body: z.object({ count: z.number().int() }) },
  errors: ["invalid_input", ...commonErrors],
});

const bulkBody = z.strictObject({
  filter: runFilterSchema,
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
const bulkDone = z.object({
  /** Runs that it was done to; those that it could not be done to any more are passed over. */
  done: z.number().int(),
  /** Where to go on; null when there are no more. */
  nextCursor: z.string().nullable(),
});

export const cancelRunsContract = defineContract({
  operationId: "cancelRuns",
  summary: "Stop the open runs that a filter finds, a page at a time",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/bulk-runs/cancel",
  params: projectParams,
  body: bulkBody,
  success: { status: 200, body: bulkDone },
  errors: ["invalid_input", "unavailable", ...commonErrors],
});

export const replayRunsContract = defineContract({
  operationId: "replayRuns",
  summary: "Replay the ended runs that a filter finds, a page at a time",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/bulk-runs/replay",
  params: projectParams,
  body: bulkBody,
  success: { status: 200, body: bulkDone },
  errors: ["invalid_input", "unavailable", ...commonErrors],
});

export const deleteRunsContract = defineContract({
  operationId: "deleteRuns",
  summary: "Delete the ended runs that a filter finds, a page at a time",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/bulk-runs/delete",
  params: projectParams,
  body: bulkBody,
  success: { status: 200, body: bulkDone },
  errors: ["invalid_input", ...commonErrors],
});
