import { inProject } from "@/lib/db";
import { listDowntimes } from "@/lib/fleet";
import type { ClockRow } from "@/lib/workflows";
import type { ClockResource } from "../contract";
import { lateSeconds } from "./schedule";
import { countSlots } from "./slots-between";
import { countStarted } from "./store";

/** How many downtimes are told of, the newest first. */
export const mostDowntimes = 5;

/** What a clock missed whenever the fleet was down, and what of it was made up for. */
export async function listCatchUps(row: ClockRow): Promise<ClockResource["downtimes"]> {
  const found: ClockResource["downtimes"] = [];
  for (const { from: down, until } of await listDowntimes(row.since, mostDowntimes)) {
    const from = new Date(Math.max(down.getTime(), row.since.getTime()));
    const slots = await countSlots(row, from, until);
    const { inTime, late } = await inProject(row.projectId, (tx) => countStarted(tx, row, from, until, lateSeconds));
    const missed = Math.max(late, slots - inTime);
    if (missed > 0) found.push({ from: from.toISOString(), until: until.toISOString(), missed, madeUp: late });
  }
  return found;
}
