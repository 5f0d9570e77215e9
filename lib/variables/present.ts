import { isStoredFile } from "@/lib/values";
import type { VariableResource } from "./contract";
import type { VariableRow } from "./store";

function shownValue({ value, secret }: VariableRow): VariableResource["value"] {
  if (secret) return null;
  if (isStoredFile(value)) return { name: value.name, size: value.size };
  return "value" in value ? value.value : null;
}

export function presentVariable(row: VariableRow): VariableResource {
  return {
    name: row.name,
    type: row.type,
    secret: row.secret,
    description: row.description,
    value: shownValue(row),
    updatedAt: row.updatedAt.toISOString(),
  };
}
