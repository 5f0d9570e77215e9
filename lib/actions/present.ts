import type { ActionVersionResource } from "./contract";
import type { ActionVersionRow } from "./store";

export function presentActionVersion(row: ActionVersionRow): ActionVersionResource {
  return {
    id: row.actionId,
    version: row.version,
    kind: row.kind,
    state: row.state,
    hash: row.contentHash,
    name: row.interface.humanName,
    description: row.interface.description,
    type: row.interface.type,
    categories: row.interface.categories,
    source: row.source,
    inputs: row.interface.inputs,
    outputs: row.interface.outputs,
    dynamicOutputs: row.interface.dynamicOutputs,
    warnings: row.warnings,
    error: row.buildError,
    createdAt: row.createdAt.toISOString(),
  };
}
