import { z } from "zod";
import { columnText } from "@/lib/http/contract";

/** What workflows are grouped by on the dashboard. Pure. */

export const maxTags = 20;
const maxTagLength = 40;

/** A comma is what tags are typed with. */
const tagSchema = columnText()
  .trim()
  .min(1, "A tag may not be empty.")
  .max(maxTagLength)
  .regex(/^[^,]*$/, "A tag may not hold a comma.");

/** In order, and each once. */
export const tagsSchema = z
  .array(tagSchema)
  .max(maxTags)
  .transform((tags) => [...new Set(tags)].sort((left, right) => left.localeCompare(right, "en")));
