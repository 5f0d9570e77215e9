import { z } from "zod";
import { formSettingsSchema } from "@/lib/triggers/form/settings";
import { inputOrigins } from "@/lib/triggers/kinds";
import { jsonSchemaSchema } from "@/lib/values/json-schema/document";
import { ioTypes } from "@/lib/values/types";
import { endpointSettingsSchema } from "./http-endpoint";

/** What callers of an endpoint can count on. Pure. */

export const ioSchema = z.object({
  name: z.string(),
  humanName: z.string(),
  help: z.string(),
  type: z.enum(ioTypes),
  optional: z.boolean(),
  enumValues: z.array(z.string()).optional(),
  schema: jsonSchemaSchema.optional(),
});

export const endpointInputSchema = ioSchema.extend({ origin: z.enum(inputOrigins) });
export type EndpointInput = z.infer<typeof endpointInputSchema>;

export const endpointResultSchema = z.union([
  z.object({
    kind: z.literal("json"),
    entries: z.array(
      z.object({
        key: z.string(),
        type: z.enum(ioTypes),
        nullable: z.boolean(),
        help: z.string(),
        schema: jsonSchemaSchema.optional(),
      }),
    ),
  }),
  z.object({ kind: z.literal("file"), type: z.enum(ioTypes) }),
]);

export const endpointContractSchema = endpointSettingsSchema.extend({
  shape: z.string(),
  inputs: z.array(endpointInputSchema),
  results: endpointResultSchema,
});
export type EndpointContract = z.infer<typeof endpointContractSchema>;

/** What a run that has ended is answered with. */
export type AnswerContract = Pick<EndpointContract, "results" | "successStatus">;

/** What a form asks for, and shows once its run has ended. */
export const formContractSchema = formSettingsSchema.extend({
  inputs: z.array(endpointInputSchema),
  results: endpointResultSchema,
});
export type FormContract = z.infer<typeof formContractSchema>;
