import { z } from "zod";
import { columnText, defineContract, projectParams, timestampSchema } from "@/lib/http/contract";
import { ioTypes } from "@/lib/values/types";
import { variableNameSchema } from "@/lib/workflows/definition/schema";

export const variableSchema = z.object({
  name: z.string(),
  type: z.enum(ioTypes),
  secret: z.boolean(),
  description: z.string(),
  /** Null for secret variables: they are written and never read back. */
  value: z.json(),
  updatedAt: timestampSchema,
});
export type VariableResource = z.infer<typeof variableSchema>;

const variableParams = projectParams.extend({ variable: variableNameSchema });

export const setVariableContract = defineContract({
  operationId: "setVariable",
  summary: "Create or change a project variable",
  tag: "Variables",
  method: "PUT",
  path: "/api/v1/projects/{project}/variables/{variable}",
  params: variableParams,
  body: z.strictObject({
    value: z.union([z.string().max(6_000_000), z.number(), z.boolean()]),
    type: z.enum(["string", "longstring", "password", "integer", "float", "boolean", "enum"]).optional(),
    secret: z.boolean().default(false),
    description: columnText().max(1_000).optional(),
  }),
  success: { status: 200, body: variableSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "storage_full"],
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
