import { InvalidForm } from "@/components/forms/field-errors";
import { hiddenSecret } from "@/lib/runs/shown";

/** A run's input as somebody may change it before it is replayed. Pure. */

const isPlaceholder = (value: unknown) =>
  value === hiddenSecret || (typeof value === "object" && value !== null && "url" in value);

/** What can be written anew, and the names of what stays: secrets, files and large values are not here to be edited. */
export function editableValues(values: Record<string, unknown>): { shown: Record<string, unknown>; kept: string[] } {
  const entries = Object.entries(values);
  return {
    shown: Object.fromEntries(entries.filter(([, value]) => !isPlaceholder(value))),
    kept: entries.filter(([, value]) => isPlaceholder(value)).map(([name]) => name),
  };
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Only what was changed: the rest stays as it was recorded, to the last digit. @throws InvalidForm */
export function readEdited(text: string, before: Record<string, unknown>): Record<string, Json> {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new InvalidForm({ input: `This is not JSON: ${(error as Error).message}.` });
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new InvalidForm({ input: "Give a JSON object with the inputs by name." });
  const changed = Object.entries(read).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  const left = Object.keys(before).filter((name) => !Object.hasOwn(read, name));
  return Object.fromEntries([...changed, ...left.map((name) => [name, null])]) as Record<string, Json>;
}
