import { z } from "zod";
import { verifications } from "./settings";

/** How a ready webhook reads what one service delivers: `spec.options.millrace.webhook` of its metadata. Pure. */

/** A way through the body such as `repository.full_name`, or `header:X-GitHub-Event`. */
const placeSchema = z.string().min(1).max(200);
/** Of several places, the first at which something stands. */
const placesSchema = z
  .union([placeSchema, z.array(placeSchema).min(1).max(12)])
  .transform((places) => (typeof places === "string" ? [places] : places));

export const webhookMappingSchema = z.strictObject({
  /** Whose way of signing is checked. */
  verification: z.enum(verifications),
  /** The body is a list of events, and each of them is one of ours. */
  each: z.boolean().default(false),
  /** Where the event's identity stands, in parts; its delivery's name unless said. */
  identity: z.array(placeSchema).max(8).default([]),
  /** What else comes is ignored. An `optional` place may be empty. */
  only: z
    .array(
      z.strictObject({
        at: placesSchema,
        is: z.array(z.string()).min(1).max(64),
        optional: z.boolean().default(false),
      }),
    )
    .default([]),
  /** By the input that an author gives patterns in: where what they are held against stands, and what is cut off before it. */
  filters: z
    .record(z.string(), z.strictObject({ at: placesSchema, without: z.array(z.string().min(1)).default([]) }))
    .default({}),
  /** By output. */
  outputs: z.record(z.string(), placesSchema).default({}),
});
export type WebhookMapping = z.infer<typeof webhookMappingSchema>;

/** Inputs and outputs that the mapping names and the package does not have. */
export function unknownNames(
  mapping: Pick<WebhookMapping, "filters" | "outputs">,
  names: { inputs: string[]; outputs: string[] },
): { place: ["filters" | "outputs", string]; message: string }[] {
  const missing = (list: "filters" | "outputs", known: string[]) =>
    Object.keys(mapping[list])
      .filter((name) => !known.includes(name))
      .map((name) => ({
        place: [list, name] as ["filters" | "outputs", string],
        message: `there is no ${list === "filters" ? "input" : "output"} “${name}”.`,
      }));
  return [...missing("filters", names.inputs), ...missing("outputs", names.outputs)];
}
