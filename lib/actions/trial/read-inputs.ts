import type { z } from "zod";
import { AppError, type Issue } from "@/lib/errors";
import { coerceInput, issuesOf } from "@/lib/values/coerce";
import { type IoDefinition, isFileType, type JsonValue } from "@/lib/values/types";
import type { trialFileSchema } from "./contract";

export type TrialFile = z.infer<typeof trialFileSchema>;

export interface TrialInputs {
  values: Record<string, JsonValue>;
  files: (TrialFile & { input: string; isDirectory: boolean })[];
}

function isFile(value: unknown): value is TrialFile {
  return typeof value === "object" && value !== null && "name" in value && "base64" in value;
}

/** Checks what is given for an action's inputs; defaults stand in for what is left out. @throws AppError `invalid_input` */
export function readTrialInputs(inputs: IoDefinition[], given: Record<string, JsonValue | TrialFile>): TrialInputs {
  const issues: Issue[] = [];
  const read: TrialInputs = { values: {}, files: [] };
  for (const name of Object.keys(given)) {
    if (!inputs.some((input) => input.name === name))
      issues.push({ path: `body.inputs.${name}`, message: "The action has no input of this name." });
  }
  for (const input of inputs) {
    const value = (Object.hasOwn(given, input.name) ? given[input.name] : null) ?? input.defaultValue ?? null;
    const path = `body.inputs.${input.name}`;
    if (value === null) {
      if (!input.optional) issues.push({ path, message: "is required" });
      read.values[input.name] = null;
    } else if (isFileType(input.type)) {
      if (isFile(value)) read.files.push({ ...value, input: input.name, isDirectory: input.type === "directory" });
      else issues.push({ path, message: 'must be a file: {"name": …, "base64": …}' });
    } else {
      const coerced = coerceInput(input, value as JsonValue);
      if (coerced.ok) read.values[input.name] = coerced.value;
      else issues.push(...issuesOf(path, coerced));
    }
  }
  if (issues.length > 0) throw new AppError("invalid_input", "Some of the inputs are not right.", { issues });
  return read;
}
