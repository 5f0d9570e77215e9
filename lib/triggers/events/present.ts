import type { EventResource } from "../contract";
import { eventKinds } from "../kinds";
import type { EventRow } from "./store";

export function presentEvent(row: EventRow, versionNumbers: Map<string, number | null>): EventResource {
  return {
    id: row.id,
    at: row.at.toISOString(),
    occurredAt: row.occurredAt?.toISOString() ?? null,
    missed: row.missedUntil && { until: row.missedUntil.toISOString(), count: row.missedCount ?? 1 },
    kind: eventKinds.find((kind) => kind === row.kind) ?? "http",
    identity: row.identity,
    outcome: row.outcome,
    runId: row.runId,
    reason: row.reason,
    version: versionNumbers.get(row.workflowVersionId ?? "") ?? null,
    redeliveryOf: row.redeliveryOf,
    kept: row.input !== null || row.runId !== null,
  };
}
