import { createHash } from "node:crypto";
import { inProject, withoutNul } from "@/lib/db";
import { AppError, messageOf } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { acceptRunOfEvent, newRunInput, type RunParent, type StartableVersion } from "@/lib/runs";
import type { StoredValues } from "@/lib/values";
import type { EventKind } from "../kinds";
import { eventRunId } from "./event-run-id";
import { claimEvent, insertEvent, markStarted, notePending } from "./store";

/** Something that happened outside and that a workflow is to be run for. */
export interface TriggerEvent {
  kind: EventKind;
  /** What tells it from all other events of the workflow, the same each time that it comes in. */
  identity: string;
  /** When it happened, where the event itself says so. */
  occurredAt?: Date | null;
  /** The trigger's outputs. */
  input: StoredValues;
  /** Given where the same identity with other content is the sender's mistake. */
  digest?: string;
  isAwaited?: boolean;
  apiKeyId?: string | null;
  /** The event that this one is a re-delivery of. */
  redeliveryOf?: string;
  /** The run that it is an event of. */
  parent?: RunParent | null;
  /** How many runs stand above the one that it starts. */
  depth?: number;
}

export interface EventStart {
  runId: string;
  outcome: "started" | "duplicate";
}

const maxIdentityLength = 300;

/** Some senders' ids are long; what is left of them is still theirs alone. */
export function identityOf(text: string): string {
  if (text.length <= maxIdentityLength) return withoutNul(text);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** The run that an event starts or has started. */
export function runIdOfEvent(version: StartableVersion, event: Pick<TriggerEvent, "identity" | "occurredAt">): string {
  return eventRunId(version.projectId, version.workflowId, identityOf(event.identity), event.occurredAt ?? null);
}

/**
 * Where all ways in end. The event's identity makes the run's: the same event twice, on two machines or after a crash at
 * any point, is one run. It resolves once Temporal has the run, which is when the event's source may be told so.
 * @throws AppError `unavailable` when the source is to try again, `conflict` for a digest that is not the first one's
 */
export async function startRunFromEvent(version: StartableVersion, event: TriggerEvent): Promise<EventStart> {
  const { projectId, workflowId, versionId } = version;
  const { kind, digest, input, redeliveryOf, isAwaited = false, apiKeyId = null, parent = null, depth = 0 } = event;
  const runId = runIdOfEvent(version, event);
  const noted = {
    projectId,
    workflowId,
    workflowVersionId: versionId,
    kind,
    identity: identityOf(event.identity),
    occurredAt: event.occurredAt ?? null,
    runId,
    redeliveryOf: redeliveryOf ?? null,
  };
  const claim = await claimEvent({ ...noted, id: newId("event"), outcome: "pending", digest: digest ?? null, input });
  const duplicate = async (): Promise<EventStart> => {
    await noteEvent({ ...noted, outcome: "duplicate" });
    return { runId, outcome: "duplicate" };
  };
  if (claim.digest && digest && claim.digest !== digest) {
    const message = "This event has come before, with other content.";
    await noteEvent({ ...noted, runId: null, outcome: "rejected", reason: message });
    throw new AppError("conflict", message);
  }
  if (claim.outcome === "started") return duplicate();
  const run = newRunInput(version, { runId, source: kind, input, isAwaited, apiKeyId, parent, depth });
  try {
    await acceptRunOfEvent(run, isAwaited);
  } catch (error) {
    await inProject(projectId, (tx) => notePending(tx, projectId, claim.id, messageOf(error))).catch(() => {});
    throw error;
  }
  const isFirst = await markStarted(projectId, claim.id);
  return isFirst ? { runId, outcome: "started" } : duplicate();
}

/** Writes down what became of an event; that it could not be is no reason to fail the event. */
export async function noteEvent(event: Omit<Parameters<typeof insertEvent>[1], "id">): Promise<void> {
  await inProject(event.projectId, (tx) => insertEvent(tx, { ...event, id: newId("event") })).catch((error) =>
    logger.warn({ reason: messageOf(error), workflowId: event.workflowId }, "an event could not be written down"),
  );
}
