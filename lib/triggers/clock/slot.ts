import type { JsonValue } from "@/lib/values/types";
import type { PlanTrigger } from "@/lib/workflows/definition/plan";
import { localIso } from "./local-time";
import type { ClockSettings } from "./settings";

/** The times of a clock and what a run is told of its own. Pure. */

/**
 * The time of the clock that something which fired stands for. A clock that counts from its deployment fires when its
 * schedule is made, too: that is the time that was due last.
 */
export function slotOf({ timing }: ClockSettings, since: Date, fired: Date): Date {
  if (timing.kind === "cron") return fired;
  if (timing.kind === "once") return timing.at === null ? since : new Date(timing.at);
  const periodMs = timing.seconds * 1000;
  const passed = Math.max(0, Math.floor((fired.getTime() - since.getTime()) / periodMs));
  return new Date(since.getTime() + passed * periodMs);
}

/** By what the trigger declares: Ryax's two clocks give the same output as a text and as a number. */
export function clockOutputs(
  outputs: PlanTrigger["outputs"],
  slot: Date,
  timeZone: string,
): [name: string, value: JsonValue][] {
  return outputs.map(({ name, type }) => {
    if (name !== "time") return [name, null];
    const seconds = slot.getTime() / 1000;
    if (type === "float") return [name, seconds];
    return [name, type === "integer" ? Math.floor(seconds) : localIso(slot, timeZone)];
  });
}
