import { z } from "zod";
import { runStates, stepStates } from "@/drizzle/enums";
import {
  columnInteger,
  columnText,
  defineContract,
  pageOf,
  pageQuery,
  projectParams,
  timestampSchema,
} from "@/lib/http/contract";
import { stackFrameSchema, stepProgressSchema } from "./outcome";

/** A value as people are shown it: secrets hidden, files and large values as links. */
const shownValueSchema = z.json();
const shownValues = z.record(z.string(), shownValueSchema);

export const shownErrorSchema = z.object({
  type: z.string(),
  message: z.string(),
  code: z.number().nullable(),
  stack: z.array(stackFrameSchema),
  node: z.string().nullable(),
});

export const stepSchema = z.object({
  /** The node's id in the workflow. */
  node: z.string(),
  name: z.string(),
  /** `id@version` */
  action: z.string(),
  kind: z.enum(["trigger", "action"]),
  state: z.enum(stepStates),
  /** Executions so far; 0 before the first. */
  attempts: z.number().int(),
  inputs: shownValues.nullable(),
  outputs: shownValues.nullable(),
  error: shownErrorSchema.nullable(),
  /** How far the handler said that it was, when it last did. */
  progress: stepProgressSchema.nullable(),
  isolation: z.string().nullable(),
  startedAt: timestampSchema.nullable(),
  finishedAt: timestampSchema.nullable(),
  durationMs: z.number().nullable(),
  /** Attempts that were followed by another one. */
  earlierAttempts: z.array(
    z.object({
      attempt: z.number().int(),
      error: shownErrorSchema.nullable(),
      startedAt: timestampSchema.nullable(),
      finishedAt: timestampSchema.nullable(),
    }),
  ),
});
export type StepResource = z.infer<typeof stepSchema>;

export const runSummarySchema = z.object({
  id: z.string(),
  state: z.enum(runStates),
  workflow: z.object({ id: z.string(), name: z.string() }),
  /** Null for a test of a draft. */
  version: z.number().int().nullable(),
  source: z.string(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.nullable(),
  finishedAt: timestampSchema.nullable(),
  durationMs: z.number().nullable(),
  cancelRequested: z.boolean(),
  /** For runs of an endpoint: the answer's status, and what the caller was sent, 202 included. */
  http: z.object({ status: z.number().int().nullable(), answered: z.number().int().nullable() }).nullable(),
  error: shownErrorSchema.nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** A run that started another one, or was started by it. */
export const linkedRunSchema = z.object({
  id: z.string(),
  workflow: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(runStates),
  /** The step that started the other run; null where its end did. */
  node: z.string().nullable(),
});
export type LinkedRun = z.infer<typeof linkedRunSchema>;

export const runDetailSchema = runSummarySchema.extend({
  inputs: shownValues,
  /** The results by key; null until the run has completed. */
  outputs: shownValues.nullable(),
  /** Answers what the caller would have got, to whoever holds it. */
  resultLink: z.url().nullable(),
  replayOf: z.string().nullable(),
  /** The name of the API key that the caller had; null where none was asked for. */
  keyName: z.string().nullable(),
  /** The run that started this one, while it is kept. */
  startedBy: linkedRunSchema.nullable(),
  /** The runs that this one started, oldest first, at most a hundred. */
  started: z.array(linkedRunSchema),
  steps: z.array(stepSchema),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

const runParams = projectParams.extend({ run: z.string().max(80) });
const commonErrors = ["unauthorized", "forbidden", "not_found"] as const;

export const runFilterSchema = z.strictObject({
  workflow: z.string().max(40).optional(),
  state: z.enum(runStates).optional(),
  /** What started them: `http`, `clock`, `manual`, … */
  source: z.string().max(20).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  /** The run's id, or a text that its input contains. */
  text: columnText().max(200).optional(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

export const startRunContract = defineContract({
  operationId: "startRun",
  summary: "Start a run of a live workflow by hand",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/runs",
  params: projectParams.extend({ workflow: z.string().max(40) }),
  body: z.strictObject({
    /** The trigger's outputs by name; a file as `uploadWorkflowFile` answers it. */
    input: z.record(z.string(), z.json()).default({}),
    /** Answers once the run has ended, or after this many seconds. */
    waitSeconds: z.number().min(0).max(300).default(0),
  }),
  success: { status: 201, body: runDetailSchema },
  errors: ["invalid_input", "conflict", "unavailable", ...commonErrors, "rate_limited", "storage_full"],
});

export const testDraftContract = defineContract({
  operationId: "testDraft",
  summary: "Run a workflow's draft as it stands, without making it live",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/test",
  params: projectParams.extend({ workflow: z.string().max(40) }),
  body: z.strictObject({
    /** The trigger's outputs by name; a file as `uploadWorkflowFile` answers it. */
    input: z.record(z.string(), z.json()).default({}),
    /** The draft that is meant: refused when it has changed since. */
    revision: columnInteger().optional(),
    waitSeconds: z.number().min(0).max(300).default(0),
  }),
  success: { status: 201, body: runDetailSchema },
  errors: [
    "invalid_input",
    "invalid_definition",
    "conflict",
    "unavailable",
    ...commonErrors,
    "rate_limited",
    "storage_full",
  ],
});

export const listRunsContract = defineContract({
  operationId: "listRuns",
  summary: "The project's runs, newest first",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/runs",
  params: projectParams,
  query: pageQuery.extend(runFilterSchema.shape),
  success: { status: 200, body: pageOf(runSummarySchema) },
  errors: ["invalid_input", ...commonErrors],
});

export const showRunContract = defineContract({
  operationId: "showRun",
  summary: "A run with its steps; waits for its end when asked to",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}",
  params: runParams,
  query: z.object({ waitSeconds: z.coerce.number().min(0).max(60).default(0) }),
  success: { status: 200, body: runDetailSchema },
  errors: [...commonErrors],
});

export const cancelRunContract = defineContract({
  operationId: "cancelRun",
  summary: "Stop a run and whatever of it is being executed",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/runs/{run}/cancel",
  params: runParams,
  success: { status: 200, body: runDetailSchema },
  errors: ["conflict", "unavailable", ...commonErrors],
});

export const replayRunContract = defineContract({
  operationId: "replayRun",
  summary: "Start a run like this one, with other inputs if need be; from a node on, what came before it is reused",
  tag: "Runs",
  method: "POST",
  path: "/api/v1/projects/{project}/runs/{run}/replay",
  params: runParams,
  body: z.strictObject({
    from: z.string().max(64).optional(),
    /** Other values for the inputs of the node that it starts from, the trigger's unless said; the rest stay. */
    input: z.record(z.string(), z.json()).optional(),
  }),
  success: { status: 201, body: runDetailSchema },
  errors: ["invalid_input", "conflict", "unavailable", ...commonErrors, "rate_limited", "storage_full"],
});

export const deleteRunContract = defineContract({
  operationId: "deleteRun",
  summary: "Delete an ended run with its log and its result link",
  tag: "Runs",
  method: "DELETE",
  path: "/api/v1/projects/{project}/runs/{run}",
  params: runParams,
  success: { status: 204 },
  errors: ["conflict", ...commonErrors],
});

export const readRunValueContract = defineContract({
  operationId: "readRunValue",
  summary: "Download a file or a large value that a run took in or gave out",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}/values/{blob}",
  params: runParams.extend({ blob: z.string().length(64) }),
  success: { status: 200, mediaType: "application/octet-stream" },
  errors: [...commonErrors],
});
