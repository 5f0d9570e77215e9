import { z } from "zod";
import { storedValueSchema } from "@/lib/values/stored-schema";
import type { IoDefinition } from "@/lib/values/types";

/** Where a planned input's value comes from. Pure. */

export const planSourceSchema = z.union([
  z.strictObject({ stored: storedValueSchema }),
  z.strictObject({ link: z.strictObject({ node: z.string(), output: z.string() }) }),
  z.strictObject({ variable: z.string() }),
]);
export type PlanSource = z.infer<typeof planSourceSchema>;

/** Turns a fixed value into a stored one. */
export type StoredStatic = (
  io: IoDefinition,
  source: { static: unknown } | { sealed: string | true } | { file: unknown },
) => Promise<PlanSource>;
