import { z } from "zod";
import {
  columnText,
  defineContract,
  projectParams,
  timestampSchema,
  uploadBody,
  uploadName,
} from "@/lib/http/contract";
import { type IoType, ioTypes } from "@/lib/values/types";
import { variableNameSchema } from "@/lib/workflows/definition/schema";

export const variableSchema = z.object({
  name: z.string(),
  type: z.enum(ioTypes),
  secret: z.boolean(),
  description: z.string(),
  /** Null for secret variables: they are written and never read back. Of a file, its `name` and its `size` in bytes. */
  value: z.json(),
  updatedAt: timestampSchema,
});
export type VariableResource = z.infer<typeof variableSchema>;

const variableParams = projectParams.extend({ variable: variableNameSchema });

/** Types whose values are written as JSON. */
const plainTypes = [
  "string",
  "longstring",
  "password",
  "integer",
  "float",
  "boolean",
  "enum",
  "object",
  "array",
] as const satisfies IoType[];

export const setVariableContract = defineContract({
  operationId: "setVariable",
  summary: "Create or change a project variable",
  tag: "Variables",
  method: "PUT",
  path: "/api/v1/projects/{project}/variables/{variable}",
  params: variableParams,
  body: z.strictObject({
    value: z.union([
      z.string().max(6_000_000),
      z.number(),
      z.boolean(),
      z.array(z.json()),
      z.record(z.string(), z.json()),
    ]),
    type: z.enum(plainTypes).optional(),
    secret: z.boolean().default(false),
    description: columnText().max(1_000).optional(),
  }),
  success: { status: 200, body: variableSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "storage_full"],
});

export const setFileVariableContract = defineContract({
  operationId: "setFileVariable",
  summary: "Create or change a project variable that is a file, or a folder as a zip",
  tag: "Variables",
  method: "PUT",
  path: "/api/v1/projects/{project}/variables/{variable}/file",
  params: variableParams,
  query: z.object({
    name: uploadName(),
    type: z.enum(["file", "directory"]).default("file"),
    description: columnText().max(1_000).optional(),
  }),
  body: uploadBody,
  success: { status: 200, body: variableSchema },
  errors: ["invalid_input", "payload_too_large", "unauthorized", "forbidden", "not_found", "storage_full"],
});

export const listVariablesContract = defineContract({
  operationId: "listVariables",
  summary: "The project's variables; secret values are not shown",
  tag: "Variables",
  method: "GET",
  path: "/api/v1/projects/{project}/variables",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(variableSchema) }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const unsetVariableContract = defineContract({
  operationId: "unsetVariable",
  summary: "Delete a variable that no workflow uses",
  tag: "Variables",
  method: "DELETE",
  path: "/api/v1/projects/{project}/variables/{variable}",
  params: variableParams,
  success: { status: 204 },
  errors: ["unauthorized", "forbidden", "not_found", "conflict"],
});
