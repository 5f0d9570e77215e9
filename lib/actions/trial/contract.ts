import { z } from "zod";
import { issueSchema } from "@/lib/actions/contract";
import { defineContract, projectParams } from "@/lib/http/contract";
import { maxTrialPackageBytes, trialEndKinds, trialLogStreams } from "./stream";

const base64Length = (bytes: number) => 4 * Math.ceil(bytes / 3);

/** For an input of type `file`, `table` or, as a zip, `directory`. */
export const trialFileSchema = z.strictObject({
  name: z.string().min(1).max(255),
  base64: z.base64().max(base64Length(maxTrialPackageBytes)),
});

export const trialLineSchema = z.object({ stream: z.enum(trialLogStreams), line: z.string() });

export const trialOutputSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), value: z.unknown() }),
  /** Its content is not kept; `beginning` where it is text. */
  z.object({ kind: z.literal("file"), name: z.string(), size: z.number(), beginning: z.string().nullable() }),
  z.object({ kind: z.literal("large"), size: z.number(), beginning: z.string() }),
]);

export const trialEndSchema = z.object({
  state: z.enum(trialEndKinds),
  outputs: z.record(z.string(), trialOutputSchema).nullable(),
  error: z
    .object({
      type: z.string(),
      message: z.string(),
      stack: z.array(z.object({ file: z.string(), line: z.number().nullable(), name: z.string() })),
    })
    .nullable(),
  /** Where in the package the error is, when that is known. */
  problem: issueSchema.nullable(),
  /** Of the call alone; null when there was none. */
  durationMs: z.number().nullable(),
  /** From its beginning, up to a limit. */
  log: z.array(trialLineSchema),
  isLogCut: z.boolean(),
});
export type TrialEnd = z.infer<typeof trialEndSchema>;
export type TrialOutput = z.infer<typeof trialOutputSchema>;
export type TrialLine = z.infer<typeof trialLineSchema>;

export const tryActionContract = defineContract({
  operationId: "tryAction",
  summary:
    "Run a package once without storing it, as server-sent events: `log` as its build and its handler go on, then `end`. Hanging up stops it",
  tag: "Actions",
  method: "POST",
  path: "/api/v1/projects/{project}/action-trials",
  params: projectParams,
  body: z.strictObject({
    /** A zip with one package at its root. */
    package: z.base64().max(base64Length(maxTrialPackageBytes), "is larger than 1 MiB: push it as a version instead"),
    inputs: z.record(z.string().max(64), z.union([trialFileSchema, z.json()])).default({}),
  }),
  success: { status: 200, mediaType: "text/event-stream" },
  errors: [
    "bad_request",
    "unauthorized",
    "forbidden",
    "not_found",
    "payload_too_large",
    "invalid_package",
    "invalid_input",
  ],
});
