import { planWords, readPlan } from "@/lib/triggers/clock/cron-plan";
import type { ClockSettings, MissedPolicy, OverlapPolicy } from "@/lib/triggers/clock/settings";

/** A clock's settings, as people say them. Pure. */

export const missedLabels: Record<MissedPolicy, string> = {
  skip: "Left out",
  run_once: "Made up for once",
  run_all: "Each made up for",
};

export const overlapLabels: Record<OverlapPolicy, string> = {
  allow: "Side by side",
  skip: "Left out",
  queue_one: "One waits",
  queue_all: "All wait",
  cancel_other: "The run before is canceled",
};

const dateAndTime = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** From when to when, in the viewer's zone: the day once where it is the same. */
export function spanLabel(from: string, until: string): string {
  const [start, end] = [new Date(from), new Date(until)];
  const format = new Intl.DateTimeFormat("en", dateAndTime);
  const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const isSameDay = start.toDateString() === end.toDateString();
  return `from ${format.format(start)} to ${isSameDay ? time.format(end) : format.format(end)}`;
}

/** More are not counted. */
const mostCounted = 1_000;

export function timesLabel(count: number): string {
  if (count >= mostCounted) return `${mostCounted} times or more`;
  return count === 1 ? "1 time" : `${count} times`;
}

/** What a clock missed while nobody was there, and what was done about it. */
export function catchUpLabel({ missed, madeUp }: { missed: number; madeUp: number }, policy: MissedPolicy): string {
  const forAll = policy === "run_once" && missed > 1 ? ", which stands for all" : "";
  const done = madeUp === 0 ? "none made up for" : `${madeUp} made up for${forAll}`;
  return `${timesLabel(missed)} missed, ${done}.`;
}

const units: [name: string, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

export function everyLabel(seconds: number): string {
  const [name, size] = units.find(([, size]) => seconds % size === 0) ?? ["second", 1];
  const count = seconds / size;
  return count === 1 ? `Every ${name}` : `Every ${count} ${name}s`;
}

/** One that has no plain words is shown as it is. */
function cronLabel(expression: string): string {
  const plan = readPlan(expression);
  return plan ? planWords(plan) : `Cron: ${expression}`;
}

export function timingLabel({ timing }: Pick<ClockSettings, "timing">): string {
  switch (timing.kind) {
    case "every":
      return everyLabel(timing.seconds);
    case "cron":
      return cronLabel(timing.expression);
    case "once":
      return timing.at === null ? "Once, when it is deployed" : "Once, at its time";
  }
}
