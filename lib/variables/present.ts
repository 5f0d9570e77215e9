import type { VariableResource } from "./contract";
import type { VariableRow } from "./store";

export function presentVariable(row: VariableRow): VariableResource {
  return {
    name: row.name,
    type: row.type,
    secret: row.secret,
    description: row.description,
    value: "value" in row.value && !row.secret ? row.value.value : null,
    updatedAt: row.updatedAt.toISOString(),
  };
}
