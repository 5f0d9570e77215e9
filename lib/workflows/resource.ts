import { z } from "zod";
import { issueSchema } from "@/lib/actions/contract";
import { timestampSchema } from "@/lib/http/contract";
import { triggerKinds } from "@/lib/triggers/kinds";
import { endpointContractSchema, endpointInputSchema } from "./definition/endpoint-contract";
import { definitionSchema } from "./definition/schema";

/** Workflows as the API shows them. Pure. */

const workflowStates = ["draft", "live", "stopped"] as const;

const endpointSchema = z.object({ method: z.string(), path: z.string(), url: z.string() });

export const workflowSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  state: z.enum(workflowStates),
  /** The live version's number, else the newest one's; null before the first deployment. */
  version: z.number().int().nullable(),
  trigger: z.enum(triggerKinds).nullable(),
  endpoint: endpointSchema.nullable(),
  /** Whether the draft could be deployed, as far as it alone can tell: `problems` of the detail knows all. */
  valid: z.boolean(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
});
export type WorkflowResource = z.infer<typeof workflowSchema>;

/** What the live version takes and answers: what forms and ready-made calls are made from. */
const liveVersionSchema = z.object({
  number: z.number().int(),
  /** The trigger's outputs, which are the workflow's inputs; `origin` is null where it has no endpoint. */
  inputs: z.array(endpointInputSchema.extend({ origin: endpointInputSchema.shape.origin.nullable() })),
  endpoint: endpointContractSchema
    .pick({ method: true, path: true, summary: true, successStatus: true, replyTimeoutSeconds: true, results: true })
    .nullable(),
  /** Where the form of one is open to everybody. */
  formUrl: z.url().nullable(),
});
export type LiveVersion = z.infer<typeof liveVersionSchema>;

export const workflowDetailSchema = workflowSchema.extend({
  definition: definitionSchema,
  revision: z.number().int(),
  problems: z.array(issueSchema),
  live: liveVersionSchema.nullable(),
  versions: z.array(z.object({ number: z.number().int(), createdAt: timestampSchema, live: z.boolean() })),
});
export type WorkflowDetail = z.infer<typeof workflowDetailSchema>;
