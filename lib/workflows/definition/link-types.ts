import { type IoType, isFileType, textTypes } from "@/lib/values/types";

export type Fit = "fits" | "may not fit" | "does not fit";

/** Whether a value of one type may go into an input of another. Pure. */
export function judgeFit(from: IoType, to: IoType): Fit {
  if (to === "enum" && from !== "enum") return textTypes.includes(from) ? "may not fit" : "does not fit";
  if (from === to) return "fits";
  if (textTypes.includes(from) && textTypes.includes(to)) return "fits";
  if (from === "integer" && to === "float") return "fits";
  if (isFileType(from) && isFileType(to) && from !== "directory" && to !== "directory") return "fits";
  return "does not fit";
}
