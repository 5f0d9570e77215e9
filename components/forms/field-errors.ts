import type { z } from "zod";
import type { Issue } from "@/lib/errors";
import { ApiError } from "@/lib/http/client";

/** What is wrong with a form, by the name of the field; the first thing said of each. */
export type FieldErrors = Record<string, string>;

/** The form's own rules say no: nothing was sent. */
export class InvalidForm extends Error {
  override name = "InvalidForm";

  constructor(readonly errors: FieldErrors) {
    super("Some of what was typed is not right.");
  }
}

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

/** What was said of single fields, by the form's rules or by the server. */
export function fieldErrors(error: Error | null): FieldErrors {
  if (error instanceof InvalidForm) return error.errors;
  return error instanceof ApiError ? byField(error.issues) : {};
}

/** What is said of a place within a structured field stands at the field, with the place. */
export function atFields(errors: FieldErrors, fields: readonly string[]): FieldErrors {
  const found: FieldErrors = {};
  for (const [place, message] of Object.entries(errors)) {
    const field = fields.find((name) => place === name || place.startsWith(`${name}.`)) ?? place;
    found[field] ??= field === place ? message : `${place.slice(field.length + 1)}: ${message}`;
  }
  return found;
}

/** What was said that belongs to no field of the form. */
export function generalError(error: Error | null, fields: readonly string[]): string | undefined {
  if (!error) return undefined;
  return Object.keys(fieldErrors(error)).some((name) => fields.includes(name)) ? undefined : error.message;
}

/**
 * Checks what was typed by the server's own rules before it is sent. They are loaded only now: most visits of a page
 * with a form send nothing.
 * @throws InvalidForm
 */
export async function checkForm<Schema extends z.ZodType>(
  loadSchema: () => Promise<Schema>,
  values: z.input<Schema>,
): Promise<z.input<Schema>> {
  const result = (await loadSchema()).safeParse(values);
  if (result.success) return values;
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new InvalidForm(byField(issues));
}
