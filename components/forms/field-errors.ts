import type { z } from "zod";
import type { Issue } from "@/lib/errors";
import { ApiError } from "@/lib/http/client";

/** What is wrong with a form, by the name of the field; the first thing said of each. */
export type FieldErrors = Record<string, string>;

function byField(issues: Issue[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) errors[path.replace(/^(body|query|params)\./, "")] ??= capitalize(message);
  return errors;
}

function capitalize(text: string): string {
  const first = text[0]?.toUpperCase() ?? "";
  const sentence = first + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What the server said of single fields. */
export function serverErrors(error: unknown): FieldErrors {
  return error instanceof ApiError ? byField(error.issues) : {};
}

/** What the server said that belongs to no field of the form. */
export function generalError(error: unknown, fields: readonly string[]): string | undefined {
  if (!error) return undefined;
  const named = serverErrors(error);
  if (Object.keys(named).some((name) => fields.includes(name))) return undefined;
  return error instanceof Error ? error.message : String(error);
}

export type Parsed<T> = { data: T; errors: null } | { data: null; errors: FieldErrors };

/** The same rules as the server's, before anything is sent. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, values: unknown): Parsed<z.input<Schema>> {
  const result = schema.safeParse(values);
  if (result.success) return { data: values as z.input<Schema>, errors: null };
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return { data: null, errors: byField(issues) };
}
