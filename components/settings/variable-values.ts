import { InvalidForm } from "@/components/forms/field-errors";
import { isStructured } from "@/lib/values/types";
import type { VariableResource } from "@/lib/variables/contract";

/** What the form of a variable holds, and what of it is sent. Pure. */

export const variableTypes = [
  "string",
  "longstring",
  "integer",
  "float",
  "boolean",
  "object",
  "array",
  "file",
  "directory",
  "password",
] as const;
export type VariableType = (typeof variableTypes)[number];
export const typeLabels: Record<VariableType, string> = {
  string: "Text",
  longstring: "Long text",
  integer: "Whole number",
  float: "Number",
  boolean: "Yes or no",
  object: "Object (JSON)",
  array: "List (JSON)",
  file: "File",
  directory: "Folder, as a zip",
  password: "Secret",
};

export interface VariableValues {
  name: string;
  type: VariableType;
  value: string;
  /** Of a file or a folder. */
  file: File | undefined;
  description: string;
}

type Sent = NonNullable<VariableResource["value"]>;

export const isUploadType = (type: VariableType): type is "file" | "directory" =>
  type === "file" || type === "directory";
export const emptyValue = (type: VariableType) => (type === "boolean" ? "false" : "");

function shownText(variable: VariableResource, type: VariableType): string {
  if (isStructured(type)) return JSON.stringify(variable.value, null, 2);
  return isUploadType(type) ? "" : String(variable.value ?? "");
}

export function startOf(variable: VariableResource | null): VariableValues {
  const type = variableTypes.find((candidate) => candidate === variable?.type) ?? "string";
  const value = variable && !variable.secret ? shownText(variable, type) : emptyValue(type);
  return { name: variable?.name ?? "", type, value, file: undefined, description: variable?.description ?? "" };
}

function readJson(text: string, type: VariableType): Sent {
  const wanted = type === "array" ? "a list" : "an object";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidForm({ value: `Write ${wanted} as JSON. ${(error as Error).message}.` });
  }
  const fits = typeof value === "object" && value !== null && Array.isArray(value) === (type === "array");
  if (!fits) throw new InvalidForm({ value: `Write ${wanted} as JSON.` });
  return value as Sent;
}

/** @throws InvalidForm naming `value`, where it is not of its type */
export function readValue({ type, value }: VariableValues): Sent {
  if (isStructured(type)) return readJson(value, type);
  if (type === "boolean") return value === "true";
  if (type !== "integer" && type !== "float") return value;
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) throw new InvalidForm({ value: "Give a number." });
  return number;
}
