import type { ActionVersionResource, NetworkGrant } from "./contract";
import { noNetwork } from "./network";
import type { ActionVersionRow, GrantRow } from "./store";

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
    network: row.interface.network,
    folders: row.interface.folders,
    addons: row.interface.addons,
    warnings: row.warnings,
    error: row.buildError,
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentGrant(row: GrantRow | undefined): NetworkGrant {
  if (!row) return { ...noNetwork, grantedAt: null };
  const { policy, hosts, grantedAt } = row;
  return { policy, hosts, grantedAt: grantedAt.toISOString() };
}
