import { inProject } from "@/lib/db";
import { storeValue } from "@/lib/values";
import { endClock, findClock, findVersion } from "@/lib/workflows";
import { startRunFromEvent } from "../events/start-run-from-event";
import { reasonToSkip } from "./missed";
import { noteMissed } from "./note-missed";
import { clockOutputs, slotOf } from "./slot";
import { isTicking, syncClock } from "./sync-clock";

export interface FiredClock {
  projectId: string;
  workflowId: string;
  /** When Temporal's schedule had it due, in ISO 8601. */
  fired: string;
}

/** What a time of a clock has come to; `isWaitedFor` where the next one depends on the run's end. */
export interface ClockRun {
  runId: string;
  isWaitedFor: boolean;
}

/** Starts the run of a clock's time, of whatever version is live by now. Null where there is none to start. */
export async function fireClock({ projectId, workflowId, fired }: FiredClock): Promise<ClockRun | null> {
  const found = await inProject(projectId, async (tx) => {
    const row = await findClock(tx, projectId, workflowId);
    if (!row?.workflowVersionId || !isTicking(row)) return undefined;
    const version = await findVersion(tx, projectId, row.workflowVersionId);
    return version && { row, version };
  });
  // It has been taken off the air since.
  if (!found) return null;
  const { row, version } = found;
  const { settings } = row;
  const slot = slotOf(settings, row.since, new Date(fired));
  const event = { kind: "clock", identity: slot.toISOString(), occurredAt: slot } as const;
  const outputs = clockOutputs(version.plan.trigger.outputs, slot, settings.timeZone);
  const stored = outputs.map(async ([name, value]) => [name, await storeValue(projectId, value)] as const);
  const input = Object.fromEntries(await Promise.all(stored));
  const reason = await reasonToSkip(row, slot, new Date());
  if (reason) {
    await noteMissed(row, { slot, versionId: version.id, reason, input });
    return null;
  }
  const startable = { projectId, workflowId, versionId: version.id, plan: version.plan };
  const { runId } = await startRunFromEvent(startable, { ...event, input });
  if (settings.timing.kind === "once") {
    await inProject(projectId, (tx) => endClock(tx, row));
    await syncClock(projectId, workflowId);
  }
  return { runId, isWaitedFor: settings.overlap !== "allow" };
}
