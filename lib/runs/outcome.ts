import { z } from "zod";
import { storedValueSchema } from "@/lib/values/stored-schema";
import type { EndpointContract } from "@/lib/workflows/definition/plan";
import type { FinalRunState } from "./status";

/** How runs and steps end, as rows hold it. Pure. */

export const stackFrameSchema = z.object({ file: z.string(), line: z.number().nullable(), name: z.string() });

export const stepErrorSchema = z.object({
  /** The class of the exception, or of what the runtime met: `Timeout`, `OutOfMemory`, `WorkerLost`, … */
  type: z.string(),
  message: z.string(),
  stack: z.array(stackFrameSchema).default([]),
  /** A RyaxException's own message and code, which decide the HTTP answer. */
  ryax: z.object({ message: z.string(), code: z.number().nullable() }).nullable().default(null),
});
export type StepError = z.infer<typeof stepErrorSchema>;

/** How far a handler said that it was. */
export const stepProgressSchema = z.object({ fraction: z.number(), message: z.string() });
export type StepProgress = z.infer<typeof stepProgressSchema>;

export const runErrorSchema = stepErrorSchema.extend({
  /** The step that failed; null when no step did. */
  node: z.string().nullable(),
});
export type RunError = z.infer<typeof runErrorSchema>;

/** Results in the order in which they were chosen; a single file's key is empty. */
export const runResultSchema = z.array(z.tuple([z.string(), storedValueSchema]));
export type RunResult = z.infer<typeof runResultSchema>;

export function isUsableErrorCode(code: number | null): code is number {
  return code !== null && Number.isInteger(code) && code >= 400 && code <= 599;
}

/** The status that an endpoint's contract gives a run that ended so. */
export function httpStatusOf(endpoint: EndpointContract, state: FinalRunState, error: RunError | null): number {
  if (state === "completed") return endpoint.successStatus;
  const code = error?.ryax?.code ?? null;
  return isUsableErrorCode(code) ? code : 500;
}
