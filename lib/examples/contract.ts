import { z } from "zod";
import { defineContract, projectParams } from "@/lib/http/contract";
import { workflowDetailSchema } from "@/lib/workflows/contract";

export const exampleSchema = z.object({
  /** Its folder's name. */
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** A body to call it with; null where nobody calls it. */
  tryWith: z.record(z.string(), z.json()).nullable(),
});
export type Example = z.infer<typeof exampleSchema>;

export const listExamplesContract = defineContract({
  operationId: "listExamples",
  summary: "Workflows to begin with, each a real job with its actions",
  tag: "Examples",
  method: "GET",
  path: "/api/v1/examples",
  success: { status: 200, body: z.object({ items: z.array(exampleSchema) }) },
  errors: ["unauthorized"],
});

export const addExampleContract = defineContract({
  operationId: "addExample",
  summary: "Add an example's actions and its workflow to the project, and make it live",
  tag: "Examples",
  method: "POST",
  path: "/api/v1/projects/{project}/examples/{example}",
  params: projectParams.extend({ example: z.string().max(64) }),
  success: {
    status: 201,
    body: workflowDetailSchema,
  },
  errors: ["unauthorized", "forbidden", "not_found", "conflict", "invalid_definition", "unavailable", "storage_full"],
});
