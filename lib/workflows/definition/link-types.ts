import { isSameJson } from "@/lib/values/same";
import { type IoDefinition, isFileType, textTypes } from "@/lib/values/types";

export type Fit = "fits" | "may not fit" | "does not fit";

/** What a link looks at of an output and an input. */
export type Shape = Pick<IoDefinition, "type" | "schema">;

/** Whether a value of one type may go into an input of another. Nothing is turned into JSON text or out of it. Pure. */
export function judgeFit({ type: from, schema: given }: Shape, { type: to, schema: wanted }: Shape): Fit {
  if (to === "enum" && from !== "enum") return textTypes.includes(from) ? "may not fit" : "does not fit";
  // Which of two schemas allows more is not told in general: the step judges what it is given.
  if (from === to) return wanted && !isSameJson(given, wanted) ? "may not fit" : "fits";
  if (textTypes.includes(from) && textTypes.includes(to)) return "fits";
  if (from === "integer" && to === "float") return "fits";
  if (isFileType(from) && isFileType(to) && from !== "directory" && to !== "directory") return "fits";
  return "does not fit";
}
