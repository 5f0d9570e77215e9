import type { UsageDay, UsagePeriod } from "./contract";
import type { HourOfRefusals, HourOfUsage } from "./store";

/** Sums of hours. Pure. */

const hourMs = 3_600_000;
export const shownDays = 30;

interface Hours {
  used: HourOfUsage[];
  refused: HourOfRefusals[];
}

function sumOf({ used, refused }: Hours) {
  const sum = (amount: (hour: HourOfUsage) => number) => used.reduce((total, hour) => total + amount(hour), 0);
  return {
    completed: sum((hour) => hour.completed),
    failed: sum((hour) => hour.failed),
    canceled: sum((hour) => hour.canceled),
    stepMs: sum((hour) => hour.stepMs),
    refused: refused.reduce((total, { count }) => total + count, 0),
  };
}

const within = ({ used, refused }: Hours, isIn: (hour: Date) => boolean): Hours => ({
  used: used.filter(({ hour }) => isIn(hour)),
  refused: refused.filter(({ hour }) => isIn(hour)),
});

function byLimit(refused: HourOfRefusals[]): UsagePeriod["refusedByLimit"] {
  const counts = new Map<string, number>();
  for (const { limit, count } of refused) counts.set(limit, (counts.get(limit) ?? 0) + count);
  return [...counts].map(([limit, count]) => ({ limit, count })).sort((left, right) => right.count - left.count);
}

/** The last hours, the current one included. */
export function periodOf(hours: Hours, length: UsagePeriod["hours"], now: Date): UsagePeriod {
  const first = Math.floor(now.getTime() / hourMs) * hourMs - (length - 1) * hourMs;
  const inside = within(hours, (hour) => hour.getTime() >= first);
  return { hours: length, ...sumOf(inside), refusedByLimit: byLimit(inside.refused) };
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);

export function daysOf(hours: Hours, now: Date): UsageDay[] {
  return Array.from({ length: shownDays }, (_, index) => {
    const day = dayOf(new Date(now.getTime() - (shownDays - 1 - index) * 24 * hourMs));
    return { day, ...sumOf(within(hours, (hour) => dayOf(hour) === day)) };
  });
}
