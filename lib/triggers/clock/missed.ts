import { inProject } from "@/lib/db";
import { clockScheduleId, countMatchingTimes } from "@/lib/temporal";
import type { ClockRow } from "@/lib/workflows";
import { findEndBefore } from "../events/store";
import { lateSeconds } from "./schedule";

/** Whether the clock has another time after this one that has come by now. */
async function isFollowed({ projectId, workflowId, settings }: ClockRow, slot: Date, now: Date): Promise<boolean> {
  const { timing } = settings;
  if (timing.kind === "once") return false;
  if (timing.kind === "every") return slot.getTime() + timing.seconds * 1000 <= now.getTime();
  const after = new Date(slot.getTime() + 1000);
  return (await countMatchingTimes(clockScheduleId(projectId, workflowId), after, now)) > 0;
}

/** Late because the run before it had not ended, which its author has asked for. */
async function hasWaited({ projectId, workflowId, settings }: ClockRow, slot: Date): Promise<boolean> {
  if (settings.overlap !== "queue_one" && settings.overlap !== "queue_all") return false;
  const end = await inProject(projectId, (tx) => findEndBefore(tx, projectId, workflowId, slot));
  return end === null || (end !== undefined && end > slot);
}

/** Why a time that was missed is not made up for; null where it is, and for one that has just come. */
export async function reasonToSkip(row: ClockRow, slot: Date, now: Date): Promise<string | null> {
  const { missed, missedWindowSeconds, jitterSeconds, timing } = row.settings;
  const late = (now.getTime() - slot.getTime()) / 1000 - jitterSeconds;
  const startsAtOnce = timing.kind === "once" && timing.at === null;
  if (late <= lateSeconds || startsAtOnce || (await hasWaited(row, slot))) return null;
  if (missed === "skip") return "It was missed, and missed times are not made up for.";
  if (late > missedWindowSeconds) return `It was missed more than ${missedWindowSeconds} s ago.`;
  if (missed === "run_once" && (await isFollowed(row, slot, now)))
    return "It was missed, and a later time stands for all that were.";
  return null;
}
