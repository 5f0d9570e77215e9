import { z } from "zod";
import { defineContract, pageOf, pageQuery, projectParams, timestampSchema } from "@/lib/http/contract";

export const auditEntrySchema = z.object({
  id: z.number().int(),
  at: timestampSchema,
  /** A person's name or address, or `system`. */
  who: z.string(),
  /** `workflow.deploy`, `key.create`, … */
  action: z.string(),
  /** An id or a short summary. */
  target: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const listAuditContract = defineContract({
  operationId: "listAudit",
  summary: "Who did what in the project, newest first",
  tag: "Audit",
  method: "GET",
  path: "/api/v1/projects/{project}/audit",
  params: projectParams,
  /** `about`: what was done to, such as `workflow` or `member`. */
  query: pageQuery.extend({ about: z.string().max(30).optional() }),
  success: { status: 200, body: pageOf(auditEntrySchema) },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found"],
});
