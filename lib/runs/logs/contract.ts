import { z } from "zod";
import { logStreams } from "@/drizzle/enums";
import { defineContract, projectParams, timestampSchema } from "@/lib/http/contract";

export const logLineSchema = z.object({
  node: z.string(),
  attempt: z.number().int(),
  seq: z.number().int(),
  at: timestampSchema,
  stream: z.enum(logStreams),
  line: z.string(),
});

export const runLogsContract = defineContract({
  operationId: "readRunLogs",
  summary: "A run's log lines in order",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}/logs",
  params: projectParams.extend({ run: z.string().max(80) }),
  query: z.object({
    node: z.string().max(64).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  }),
  success: {
    status: 200,
    /** `cursor` continues after the last line; `ended` says that no more will come. */
    body: z.object({ items: z.array(logLineSchema), cursor: z.string().nullable(), ended: z.boolean() }),
  },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found"],
});
export type LogLineResource = z.infer<typeof logLineSchema>;
