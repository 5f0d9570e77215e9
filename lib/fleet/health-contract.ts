import { z } from "zod";
import { sandboxReportSchema } from "./sandbox-level";

const checkSchema = z.object({ ok: z.boolean(), message: z.string() });

/** What `GET /api/health` answers: 200 once calls can be served, 503 before. Pure. */
export const healthSchema = z.object({
  status: z.enum(["ok", "unavailable"]),
  checks: z.object({ database: checkSchema, temporal: checkSchema, workers: checkSchema }),
  /** The weakest level among the workers; null while there is none. */
  sandbox: sandboxReportSchema.nullable(),
});
export type Health = z.infer<typeof healthSchema>;
