import { z } from "zod";
import { inputOrigins } from "@/lib/triggers/kinds";
import { jsonSchemaSchema } from "@/lib/values/json-schema/document";
import { ioTypes } from "@/lib/values/types";

/**
 * The definition of a workflow in its first strength: anything that can be saved half-done. `check.ts` says what it
 * still lacks to be run. Pure.
 */

export const maxNodes = 1_001;

/** Objects of JavaScript lose what is put under this name. */
const unusableName = "__proto__";

export const nodeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "A node's id holds 1 to 64 letters, digits, dashes and underscores.")
  .refine((id) => id !== unusableName, `A node cannot be named ${unusableName}.`);
const ioNameSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((name) => name !== unusableName, `Nothing can be named ${unusableName}.`);
export const variableNameSchema = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    "A variable's name holds up to 64 letters, digits and underscores and starts with no digit.",
  );

/** A file in the project's store, which a node's input can be set to. */
export const storedFileSchema = z.strictObject({
  blob: z.string().length(64),
  size: z.number().int(),
  name: z.string().max(1000),
});

/** Where a node's input gets its value. */
export const inputSourceSchema = z.union([
  z.strictObject({ static: z.json() }),
  z.strictObject({ link: z.strictObject({ node: nodeIdSchema, output: ioNameSchema }) }),
  z.strictObject({ variable: variableNameSchema }),
  z.strictObject({ file: storedFileSchema }),
  /** A password, sealed. `true` stands for one that is kept but not shown. */
  z.strictObject({ sealed: z.union([z.string().max(200_000), z.literal(true)]) }),
]);
export type InputSource = z.infer<typeof inputSourceSchema>;

/** An output that a workflow adds to its trigger: for an HTTP API, an input of the endpoint. */
export const dynamicOutputSchema = z.strictObject({
  name: ioNameSchema,
  humanName: z.string().max(128).default(""),
  help: z.string().max(10_000).default(""),
  type: z.enum(ioTypes),
  optional: z.boolean().default(false),
  enumValues: z.array(z.string().max(10_000)).max(64).optional(),
  schema: jsonSchemaSchema.optional(),
  origin: z.enum(inputOrigins).optional(),
});
export type DynamicOutput = z.infer<typeof dynamicOutputSchema>;

export const retrySchema = z.strictObject({
  /** Executions in all, the first included. */
  maxAttempts: z.number().int().min(1).max(100),
  backoffSeconds: z.number().min(0).max(86_400).default(1),
  /** Each wait is this many times the one before it. */
  backoffFactor: z.number().min(1).max(10).default(2),
  maxBackoffSeconds: z.number().min(0).max(86_400).default(600),
});
export type RetryPolicy = z.infer<typeof retrySchema>;

export const nodeSchema = z.strictObject({
  id: nodeIdSchema,
  name: z.string().max(128).default(""),
  action: z.strictObject({ id: z.string().min(1).max(100), version: z.string().min(1).max(128) }),
  inputs: z.record(ioNameSchema, inputSourceSchema).default({}),
  dynamicOutputs: z.array(dynamicOutputSchema).max(200).default([]),
  retry: retrySchema.optional(),
  addons: z.record(z.string().max(64), z.record(z.string().max(64), z.json())).optional(),
  /** What only the editor reads. */
  ui: z.strictObject({ x: z.number(), y: z.number() }).optional(),
});
export type WorkflowNode = z.infer<typeof nodeSchema>;

const outputReference = { node: nodeIdSchema, output: ioNameSchema };

export const resultsSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("json"),
    entries: z.array(z.strictObject({ key: z.string().max(200), ...outputReference })).max(500),
  }),
  z.strictObject({ kind: z.literal("file"), ...outputReference }),
]);

export const definitionSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  nodes: z.array(nodeSchema).max(maxNodes).default([]),
  edges: z
    .array(z.strictObject({ from: nodeIdSchema, to: nodeIdSchema }))
    .max(20_000)
    .default([]),
  results: resultsSchema.default({ kind: "json", entries: [] }),
});
export type Definition = z.infer<typeof definitionSchema>;

export const emptyDefinition: Definition = definitionSchema.parse({});
