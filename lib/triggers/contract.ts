import { z } from "zod";
import { eventOutcomes, listenerStates, logStreams } from "@/drizzle/enums";
import { columnInteger, defineContract, pageOf, pageQuery, projectParams, timestampSchema } from "@/lib/http/contract";
import { clockSettingsSchema } from "./clock/settings";
import { eventKinds } from "./kinds";

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
  /** When the whole instance was down lately, newest first, and what that meant; from 1000 times on they are not counted. */
  downtimes: z.array(
    z.object({
      from: timestampSchema,
      until: timestampSchema,
      missed: z.number().int(),
      /** Of these, the ones that started runs afterwards. */
      madeUp: z.number().int(),
    }),
  ),
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

export const triggerSchema = z.object({
  name: z.string(),
  action: z.object({ id: z.string(), version: z.string() }),
  /** The workflow version whose trigger it is. */
  version: z.number().int().nullable(),
  state: z.enum(listenerStates),
  /** Since when it is in this state. */
  since: timestampSchema,
  /** Why it failed. */
  reason: z.string().nullable(),
  nextTryAt: timestampSchema.nullable(),
  /** How often it failed in a row. */
  failures: z.number().int(),
  /** When the whole instance was down lately, so that nothing listened; newest first. */
  downtimes: z.array(z.object({ from: timestampSchema, until: timestampSchema })),
});
export type TriggerResource = z.infer<typeof triggerSchema>;

export const showTriggerContract = defineContract({
  operationId: "showTrigger",
  summary: "How a live workflow's listening trigger does: running, ended, or why it failed and when it is tried again",
  tag: "Triggers",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/trigger",
  params: workflowParams,
  success: { status: 200, body: triggerSchema },
  errors: [...commonErrors],
});

export const triggerLogLineSchema = z.object({
  id: z.string(),
  at: timestampSchema,
  stream: z.enum(logStreams),
  line: z.string(),
});

export const readTriggerLogContract = defineContract({
  operationId: "readTriggerLog",
  summary: "The last lines that a workflow's listening trigger wrote; the next page is of earlier ones",
  tag: "Triggers",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/trigger/log",
  params: workflowParams,
  query: pageQuery,
  success: { status: 200, body: pageOf(triggerLogLineSchema) },
  errors: ["invalid_input", ...commonErrors],
});

export const eventSchema = z.object({
  id: z.string(),
  /** When it came in. */
  at: timestampSchema,
  /** Its own time, where it has one: what was made up for came in later. */
  occurredAt: timestampSchema.nullable(),
  /** Times of a clock that were missed together and left out: how many, and the last of them. */
  missed: z.object({ until: timestampSchema, count: z.number().int() }).nullable(),
  kind: z.enum(eventKinds),
  identity: z.string(),
  outcome: z.enum(eventOutcomes),
  runId: z.string().nullable(),
  reason: z.string().nullable(),
  /** The workflow version that it met. */
  version: z.number().int().nullable(),
  redeliveryOf: z.string().nullable(),
  /** Whether what came with it was kept, so that it can be delivered again. */
  kept: z.boolean(),
});
export type EventResource = z.infer<typeof eventSchema>;

export const listEventsContract = defineContract({
  operationId: "listEvents",
  summary: "What came in for a workflow, newest first, and what became of it",
  tag: "Triggers",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/events",
  params: workflowParams,
  query: pageQuery.extend({ outcome: z.enum(eventOutcomes).optional() }),
  success: { status: 200, body: pageOf(eventSchema) },
  errors: ["invalid_input", ...commonErrors],
});

/** What came of one of several: a run, or why there is none. */
export const redeliverySchema = z.object({
  event: z.string(),
  runId: z.string().nullable(),
  problem: z.string().nullable(),
});
export type Redelivery = z.infer<typeof redeliverySchema>;

export const redeliverEventsContract = defineContract({
  operationId: "redeliverEvents",
  summary: "Start a run for each of these events once more, of the live version or of the one that is named",
  tag: "Triggers",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/events/redeliver",
  params: workflowParams,
  body: z.strictObject({
    events: z.array(z.string().max(40)).min(1).max(200),
    version: columnInteger().positive().optional(),
  }),
  success: { status: 200, body: z.object({ items: z.array(redeliverySchema) }) },
  errors: ["invalid_input", "conflict", "unavailable", ...commonErrors],
});
