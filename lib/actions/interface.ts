import { z } from "zod";
import { actionKinds } from "@/drizzle/enums";
import { webhookMappingSchema } from "@/lib/triggers/webhook/mapping";
import { jsonSchemaSchema } from "@/lib/values/json-schema/document";
import { ioTypes } from "@/lib/values/types";
import { networkAccessSchema, noNetwork } from "./network";

/** What the rest of the product reads of a package's metadata: checked, with defaults filled in. Pure. */

export const ioDefinitionSchema = z.object({
  name: z.string(),
  humanName: z.string(),
  help: z.string(),
  type: z.enum(ioTypes),
  optional: z.boolean(),
  enumValues: z.array(z.string()).optional(),
  schema: jsonSchemaSchema.optional(),
  defaultValue: z
    .union([z.string(), z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())])
    .optional(),
});

export const packageLanguages = ["python", "node", "internal", "unsupported"] as const;

export const actionInterfaceSchema = z.object({
  id: z.string(),
  version: z.string(),
  kind: z.enum(actionKinds),
  humanName: z.string(),
  description: z.string(),
  /** As written: `python3`, `nodejs`, … */
  type: z.string(),
  language: z.enum(packageLanguages),
  /** The handler's file; empty for `internal`. */
  entry: z.string(),
  categories: z.array(z.string()),
  logo: z.string().nullable(),
  inputs: z.array(ioDefinitionSchema),
  outputs: z.array(ioDefinitionSchema),
  dynamicOutputs: z.boolean(),
  resources: z.object({
    cpu: z.number().optional(),
    memoryBytes: z.number().optional(),
    timeLimitMs: z.number().optional(),
    gpu: z.number().optional(),
  }),
  /** What the handler needs of the network; what it gets is granted by the project. */
  network: networkAccessSchema.default(noNetwork),
  /** Whether the handler uses folders of the machine; which, its operator grants to projects. */
  folders: z.boolean().default(false),
  isolation: z.enum(["reuse", "fresh"]).default("reuse"),
  /** How a ready webhook reads its deliveries. */
  webhook: webhookMappingSchema.optional(),
  /** `major.minor` where the package asks for one. */
  pythonVersion: z.string().nullable(),
  /** Python packages that the metadata names besides requirements.txt. */
  extraRequirements: z.array(z.string()),
  addons: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export type ActionInterface = z.infer<typeof actionInterfaceSchema>;
