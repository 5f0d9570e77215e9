import { clockScheduleId, countMatchingTimes } from "@/lib/temporal";
import type { ClockRow } from "@/lib/workflows";

/** Temporal tells of no more than these at once. */
export const mostCounted = 1_000;

/** How many times a clock has from one moment to another, both included; of a cron expression at most `mostCounted`. */
export async function countSlots(
  { projectId, workflowId, settings: { timing }, since }: ClockRow,
  from: Date,
  until: Date,
): Promise<number> {
  if (timing.kind === "once") {
    const at = timing.at === null ? since : new Date(timing.at);
    return at >= from && at <= until ? 1 : 0;
  }
  if (timing.kind === "cron") return countMatchingTimes(clockScheduleId(projectId, workflowId), from, until);
  const periodMs = timing.seconds * 1000;
  const upTo = (at: Date) => Math.floor((at.getTime() - since.getTime()) / periodMs);
  return upTo(until) - upTo(new Date(Math.max(from.getTime(), since.getTime()) - 1));
}
