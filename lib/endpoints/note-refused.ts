import { RateLimiterMemory } from "rate-limiter-flexible";
import type { StartableVersion } from "@/lib/runs";
import { noteEvent } from "@/lib/triggers";

/** Strangers can be refused more often than is worth writing down. */
const refusals = new RateLimiterMemory({ points: 60, duration: 60 });

export interface RefusedEvent {
  kind: "webhook" | "form";
  identity: string;
  outcome: "ignored" | "rejected" | "limited";
  reason: string;
}

/** Writes down an event that no run was started for, as long as its workflow has not had very many of them. */
export async function noteRefused(
  { projectId, workflowId, versionId }: StartableVersion,
  refused: RefusedEvent,
): Promise<void> {
  const isWorthIt = await refusals.consume(`${workflowId} ${refused.outcome === "ignored"}`).then(
    () => true,
    () => false,
  );
  if (isWorthIt) await noteEvent({ projectId, workflowId, workflowVersionId: versionId, ...refused });
}
