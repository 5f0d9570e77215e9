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

export function timingLabel({ timing }: Pick<ClockSettings, "timing">): string {
  switch (timing.kind) {
    case "every":
      return everyLabel(timing.seconds);
    case "cron":
      return `Cron: ${timing.expression}`;
    case "once":
      return timing.at === null ? "Once, when it is deployed" : "Once, at its time";
  }
}
