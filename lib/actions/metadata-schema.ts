import { z } from "zod";
import { webhookMappingSchema } from "@/lib/triggers/webhook/mapping";
import { jsonSchemaSchema } from "@/lib/values/json-schema/document";
import { ioTypes } from "@/lib/values/types";
import { maxNetworkHosts, networkHostSchema } from "./network";

/** `ryax_metadata.yaml` as Ryax's own checker reads it: unknown keys are errors, `addons` and `options` are free. Pure. */

export const notAString = "must be a string";

const text = (least: number, most: number) =>
  z
    .string({ error: notAString })
    .min(least, least === 1 ? "must not be empty" : `must have at least ${least} characters`)
    .max(most, `must have at most ${most} characters`);

const ioFields = {
  // Objects of JavaScript lose what is put under this name.
  name: text(1, 64).refine((name) => name !== "__proto__", "must be another name"),
  human_name: text(0, 128),
  help: text(0, 10_000),
  type: z.enum(ioTypes, { error: `must be one of ${ioTypes.join(", ")}` }),
  optional: z.boolean({ error: "must be true or false" }).optional(),
  enum_values: z.array(text(1, 10_000)).max(64, "must have at most 64 values").optional(),
  /** Our extension of the format: of an object or array, what must be true of its values. */
  schema: jsonSchemaSchema.optional(),
};

const defaultValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())], {
  error: "must be a string, a number, true/false, or a list or map for a structured type",
});

const sizeUnits = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 } as const;
const timeUnits = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const leastMemory = 32 * 1024 ** 2;

const memoryForm = "must be bytes, or a whole number with K, M, G or T, such as 512M";
const timeForm = "must be seconds, or a number with s, m, h or d, such as 10m";

const memory = z
  .union([z.number().int(memoryForm), z.string().regex(/^\d+[KMGT]$/, memoryForm)], { error: memoryForm })
  .transform((value) =>
    typeof value === "number"
      ? value
      : Number(value.slice(0, -1)) * sizeUnits[value.slice(-1) as keyof typeof sizeUnits],
  )
  .refine((bytes) => bytes > leastMemory, "must be more than 32M");

const time = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?[smhd]$/, timeForm)], { error: timeForm })
  .transform((value) =>
    typeof value === "number"
      ? value
      : Number(value.slice(0, -1)) * timeUnits[value.slice(-1) as keyof typeof timeUnits],
  )
  .refine((seconds) => seconds > 0, "must be more than 0");

const gpuForm = "must be a number of at least 1, or an object of count, brand, model, memory and compute_fraction";

const gpu = z.union(
  [
    z.number().min(1, gpuForm),
    z.strictObject({
      count: z.number().min(1).optional(),
      brand: z.string().optional(),
      model: z.string().optional(),
      memory: z
        .string()
        .regex(/^\d+[KMGT]$/)
        .optional(),
      compute_fraction: z.number().gt(0).lte(1).optional(),
    }),
  ],
  { error: gpuForm },
);

const networkForm = "must be on, off or a list of hosts such as api.example.com or *.example.com:8443";

/** Our extension of the format, where Ryax leaves room for it: `spec.options.millrace`. */
const millraceSchema = z.strictObject({
  /** What the handler needs of the network; the project grants it. YAML reads on and off as true and false. */
  network: z
    .union([z.boolean(), z.enum(["on", "off"]), z.array(networkHostSchema).min(1).max(maxNetworkHosts)], {
      error: networkForm,
    })
    .optional(),
  /** Whether the handler uses folders of the machine; its operator grants them. */
  folders: z.union([z.boolean(), z.enum(["on", "off"])], { error: "must be on or off" }).optional(),
  /** `fresh`: no call finds what an earlier one left in memory. */
  isolation: z.enum(["reuse", "fresh"], { error: "must be reuse or fresh" }).optional(),
  /** What Millrace itself reads deliveries by. */
  webhook: webhookMappingSchema.optional(),
});

const options = z.looseObject({ millrace: millraceSchema.nullable().optional() }).nullable().optional();

export const metadataTypes = ["python3", "python3-cuda", "nodejs", "csharp-dotnet6", "internal"] as const;

const specSchema = z.strictObject({
  id: text(3, 24).regex(/^[a-z0-9.-]+$/, "may only hold lower-case letters, digits, dots and dashes"),
  human_name: text(3, 128),
  type: z.enum(metadataTypes, { error: `must be one of ${metadataTypes.join(", ")}` }),
  version: text(3, 128)
    .regex(/^[A-Za-z0-9._-]+$/, "may only hold letters, digits, dots, dashes and underscores")
    .optional(),
  description: text(0, 100_000).nullable().optional(),
  logo: text(1, 1_000).optional(),
  categories: z.array(text(1, 32)).max(32, "must have at most 32 entries").nullable().optional(),
  dependencies: z.array(text(1, 1024)).max(64, "must have at most 64 entries").nullable().optional(),
  options,
  // The docs once write it so.
  option: options,
  dynamic_outputs: z.boolean({ error: "must be true or false" }).optional(),
  addons: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()).nullable().optional(),
  resources: z
    .strictObject({
      cpu: z.number({ error: "must be a number" }).min(0.1, "must be at least 0.1").optional(),
      memory: memory.optional(),
      time: time.optional(),
      gpu: gpu.optional(),
    })
    .nullable()
    .optional(),
  inputs: z
    .array(z.strictObject({ ...ioFields, default_value: defaultValue.nullable().optional() }))
    .nullable()
    .optional(),
  outputs: z.array(z.strictObject(ioFields)).max(64, "must have at most 64 entries").nullable().optional(),
});

export const metadataKinds = ["Source", "Trigger", "Processor", "Publisher"] as const;

export const metadataSchema = z.strictObject({
  apiVersion: z.literal("ryax.tech/v2.0", { error: "must be ryax.tech/v2.0" }),
  kind: z.enum(metadataKinds, { error: `must be one of ${metadataKinds.join(", ")}` }),
  spec: specSchema,
});
export type Metadata = z.infer<typeof metadataSchema>;
