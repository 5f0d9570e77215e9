import { z } from "zod";
import { defineContract, projectParams } from "@/lib/http/contract";
import { definitionSchema } from "@/lib/workflows/definition/schema";

export const showRunDefinitionContract = defineContract({
  operationId: "showRunDefinition",
  summary: "The workflow as it was when the run began",
  tag: "Runs",
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}/definition",
  params: projectParams.extend({ run: z.string().max(80) }),
  success: { status: 200, body: z.object({ definition: definitionSchema }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});
