import { parseCron } from "@/lib/triggers/clock/cron";
import { isTimeZone, readTime } from "@/lib/triggers/clock/local-time";
import { type ClockSettings, type ClockTiming, missedPolicies, overlapPolicies } from "@/lib/triggers/clock/settings";
import { fixedSetting, type SettingsOwner } from "./fixed-setting";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

const maxSeconds = 10 * 366 * 86_400;
const units = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** Reads the inputs of a clock's node, and says what is wrong with them where they stand. */
class ClockReader {
  constructor(
    private readonly node: WorkflowNode,
    private readonly trigger: SettingsOwner,
    private readonly problems: Problems,
  ) {}

  problem(name: string, message: string): void {
    this.problems.error("clockSetting", `nodes.${this.node.id}.inputs.${name}`, message);
  }

  text(name: string, otherwise: string): string {
    const value = fixedSetting(this.node, this.trigger, name, this.problems);
    return value === undefined || value === null ? otherwise : String(value);
  }

  number(name: string, otherwise: number): number {
    const value = Number(this.text(name, String(otherwise)));
    if (value >= 0 && value <= maxSeconds) return value;
    this.problem(name, `This must be a number from 0 to ${maxSeconds}.`);
    return otherwise;
  }

  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const text = this.text(name, otherwise);
    const found = choices.find((choice) => choice === text);
    if (!found) this.problem(name, `This must be one of ${choices.join(", ")}.`);
    return found ?? otherwise;
  }
}

function everyOf(reader: ClockReader): ClockTiming {
  const parts = Object.entries(units).map(
    ([name, seconds]) => reader.number(name, name === "seconds" ? 5 : 0) * seconds,
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total < 1) reader.problem("seconds", "The time between two runs must be at least one second.");
  else if (!Number.isInteger(total)) reader.problem("seconds", "The time between two runs must be whole seconds.");
  return { kind: "every", seconds: Math.max(1, Math.round(total)) };
}

function cronOf(reader: ClockReader): ClockTiming {
  const expression = reader.text("foreach", "");
  const cron = parseCron(expression);
  if (!cron.ok) reader.problem("foreach", `The cron expression cannot be used: ${cron.problem}.`);
  return { kind: "cron", expression };
}

function onceOf(reader: ClockReader, timeZone: string): ClockTiming {
  const text = reader.text("at", "").trim();
  if (text === "") return { kind: "once", at: null };
  const at = readTime(text, timeZone);
  if (!at) reader.problem("at", "This must be a time such as 2027-01-31T18:00, or 2027-01-31T17:00:00Z.");
  return { kind: "once", at: at?.toISOString() ?? null };
}

/** The clock triggers, by their ids. */
const timings: Record<string, (reader: ClockReader, timeZone: string) => ClockTiming> = {
  emitevery: everyOf,
  crongw: cronOf,
  "one-run": onceOf,
};

/** Reads the settings of a clock trigger, and says what is wrong with them. */
export function checkClock(
  node: WorkflowNode,
  trigger: SettingsOwner & { id: string },
  problems: Problems,
): ClockSettings {
  const reader = new ClockReader(node, trigger, problems);
  const written = reader.text("timezone", "UTC").trim() || "UTC";
  const isKnown = isTimeZone(written);
  if (!isKnown) reader.problem("timezone", `“${written}” is no time zone; Europe/Paris and UTC are.`);
  const timeZone = isKnown ? written : "UTC";
  const timingOf = timings[trigger.id];
  if (!timingOf) throw new Error(`${trigger.id} is no clock`);
  return {
    timing: timingOf(reader, timeZone),
    timeZone,
    jitterSeconds: reader.number("jitter", 0),
    missed: reader.choice("missed", missedPolicies, "run_once"),
    missedWindowSeconds: reader.number("missed_window", 86_400),
    overlap: reader.choice("overlap", overlapPolicies, "allow"),
  };
}
