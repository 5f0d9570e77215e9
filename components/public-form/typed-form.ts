import type { FieldErrors } from "@/components/forms/field-errors";
import type { FormResource } from "@/lib/endpoints/live-form";
import { type IoType, isFileType } from "@/lib/values/types";
import { readRunInput, type TypedValues } from "../workflows/run-input";

/** What a visitor has filled in, judged before it is sent and put into a form's parts. Pure. */

export type FormInput = FormResource["inputs"][number];

export const takesFile = (type: IoType) => isFileType(type) || type === "bytes";

const fieldOf = (name: string) => name.replace(/^input\./, "");

/** What is wrong, by the field's name. A field that must be there is not left empty, texts included. */
export function judgeForm(inputs: FormInput[], filled: TypedValues): FieldErrors {
  const errors: FieldErrors = {};
  const typed: TypedValues = {};
  for (const { name, type, optional } of inputs) {
    const value = filled[name];
    if (value !== undefined && !(value instanceof File)) typed[name] = value;
    const isMissing = value === undefined || value === "" || (value instanceof File && takesFile(type) === false);
    if (isMissing && !optional && type !== "boolean")
      errors[name] = takesFile(type) ? "Choose a file." : "Fill this in.";
  }
  const plain = inputs.filter((input) => !takesFile(input.type));
  for (const [name, message] of Object.entries(readRunInput(plain, typed).errors)) errors[fieldOf(name)] ??= message;
  return errors;
}

/** An optional field that was left empty is not sent; a box that was not ticked is. */
export function partsOf(inputs: FormInput[], filled: TypedValues): FormData {
  const parts = new FormData();
  for (const { name, type, optional } of inputs) {
    const value = filled[name] ?? (type === "boolean" && !optional ? false : "");
    if (value instanceof File) parts.append(name, value, value.name);
    else if (value !== "") parts.append(name, typeof value === "string" ? value : String(value));
  }
  return parts;
}
