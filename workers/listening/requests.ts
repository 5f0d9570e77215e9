import { z } from "zod";
import { cursorLimits } from "@/lib/triggers/listening/cursor-limits";
import { runnerValueSchema } from "../action-runtime/protocol";

const identity = z.string().max(100_000);
const key = z.string().min(1).max(cursorLimits.keyChars);

/** What a trigger may ask for. It comes out of its sandbox, so every field is checked. */
export const triggerRequestSchema = z.discriminatedUnion("method", [
  z.object({
    method: z.literal("create_run"),
    params: z.object({ identity, outputs: z.record(z.string(), runnerValueSchema) }),
  }),
  z.object({ method: z.literal("create_error"), params: z.object({ identity }) }),
  z.object({ method: z.literal("create_invalid"), params: z.object({ identity, reason: z.string().max(10_000) }) }),
  z.object({ method: z.literal("get_cursor"), params: z.object({ key }) }),
  z.object({ method: z.literal("set_cursor"), params: z.object({ key, value: z.string().max(1_000_000).nullable() }) }),
]);
export type KnownRequest = z.infer<typeof triggerRequestSchema>;

/** How many may wait for their answer at a time: a source that is faster than that waits. */
export const maxRequests = 16;
