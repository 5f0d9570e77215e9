import type { FieldErrors } from "@/components/forms/field-errors";
import { readJson } from "@/components/ui/read-json";
import { isSchemaObject } from "@/lib/values/json-schema/document";
import type { StoredInline } from "@/lib/values/stored-schema";
import { type IoDefinition, isFileType, isStructured } from "@/lib/values/types";

/** What a person has typed for a workflow's inputs, as the values to start it with. Pure. */

export type RunInputDefinition = Pick<
  IoDefinition,
  "name" | "humanName" | "help" | "type" | "optional" | "enumValues" | "schema"
>;
export type TypedValue = string | boolean | File;
export type TypedValues = Record<string, TypedValue>;

/** As it is sent. */
export type RunInput = Record<string, StoredInline>;

export interface ReadInput {
  input: RunInput;
  /** What has to be uploaded first, by the input's name. */
  files: Record<string, File>;
  errors: FieldErrors;
}

function readNumber(text: string, isWhole: boolean): number | null {
  const pattern = isWhole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  return pattern.test(text.trim()) ? Number(text) : null;
}

function readStructure(type: "object" | "array", text: string): { value?: StoredInline; error?: string } {
  const wanted = type === "array" ? "a list, such as [1, 2]" : 'an object, such as {"key": "value"}';
  let value: StoredInline;
  try {
    value = readJson(text);
  } catch (error) {
    return { error: `Give ${wanted}, in JSON: ${error instanceof Error ? error.message : String(error)}.` };
  }
  const isRight = type === "array" ? Array.isArray(value) : isSchemaObject(value);
  return isRight ? { value } : { error: `Give ${wanted}, in JSON.` };
}

function readOne(definition: RunInputDefinition, typed: string | boolean): { value?: StoredInline; error?: string } {
  if (typeof typed === "boolean") return { value: typed };
  if (definition.type === "integer" || definition.type === "float") {
    const value = readNumber(typed, definition.type === "integer");
    if (value === null) return { error: `Give a ${definition.type === "integer" ? "whole number" : "number"}.` };
    if (definition.type === "integer" && !Number.isSafeInteger(value)) {
      return { error: "A whole number beyond 2^53 cannot be given here; call the endpoint with it." };
    }
    return { value };
  }
  return isStructured(definition.type) ? readStructure(definition.type, typed) : { value: typed };
}

/** An optional input that is left empty is not given at all. Names are as the server names them, `input.<name>`. */
export function readRunInput(definitions: RunInputDefinition[], typed: TypedValues): ReadInput {
  const read: ReadInput = { input: {}, files: {}, errors: {} };
  for (const definition of definitions) {
    const given = typed[definition.name] ?? (definition.type === "boolean" && !definition.optional ? false : "");
    if (given instanceof File) {
      read.files[definition.name] = given;
      continue;
    }
    if (given === "") {
      if (definition.optional) continue;
      const isText = definition.type === "string" || definition.type === "longstring" || definition.type === "password";
      if (isText) read.input[definition.name] = "";
      else read.errors[`input.${definition.name}`] = isFileType(definition.type) ? "Choose a file." : "Give a value.";
      continue;
    }
    const { value, error } = readOne(definition, given);
    if (error) read.errors[`input.${definition.name}`] = error;
    else if (value !== undefined) read.input[definition.name] = value;
  }
  return read;
}
