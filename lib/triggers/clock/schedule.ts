import { createHash } from "node:crypto";
import { type CalendarSpec, clockScheduleId, queues, type ScheduleOptions } from "@/lib/temporal";
import type { ClockRow } from "@/lib/workflows";
import { type CronCalendar, parseCron } from "./cron";
import type { ClockSettings, OverlapPolicy } from "./settings";
import { slotOf } from "./slot";

/** A time that is later than this was missed: workers are started again more quickly. */
export const lateSeconds = 30;

const overlaps = {
  allow: "ALLOW_ALL",
  skip: "SKIP",
  queue_one: "BUFFER_ONE",
  queue_all: "BUFFER_ALL",
  cancel_other: "CANCEL_OTHER",
} as const satisfies Record<OverlapPolicy, string>;

const months = [
  "JANUARY",
  "FEBRUARY",
  "MARCH",
  "APRIL",
  "MAY",
  "JUNE",
  "JULY",
  "AUGUST",
  "SEPTEMBER",
  "OCTOBER",
  "NOVEMBER",
  "DECEMBER",
] as const;
const weekdays = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"] as const;

function calendarOf({ month, dayOfWeek, dayOfMonth, year, second, minute, hour }: CronCalendar): CalendarSpec {
  return {
    second,
    minute,
    hour,
    ...(dayOfMonth && { dayOfMonth }),
    ...(month && { month: month.flatMap((number) => months[number - 1] ?? []) }),
    ...(dayOfWeek && { dayOfWeek: dayOfWeek.flatMap((number) => weekdays[number] ?? []) }),
    ...(year && { year }),
  };
}

/** One moment, as a calendar of UTC. */
function momentOf(at: Date): CalendarSpec {
  return calendarOf({
    second: [at.getUTCSeconds()],
    minute: [at.getUTCMinutes()],
    hour: [at.getUTCHours()],
    dayOfMonth: [at.getUTCDate()],
    month: [at.getUTCMonth() + 1],
    year: [at.getUTCFullYear()],
  });
}

function specOf({ settings, since }: ClockRow): ScheduleOptions["spec"] {
  const { timing, timeZone, jitterSeconds } = settings;
  const jitter = { jitter: Math.round(jitterSeconds * 1000) };
  switch (timing.kind) {
    case "every":
      return {
        ...jitter,
        intervals: [{ every: timing.seconds * 1000, offset: since.getTime() % (timing.seconds * 1000) }],
      };
    case "cron": {
      const cron = parseCron(timing.expression);
      return { ...jitter, timezone: timeZone, calendars: cron.ok ? cron.calendars.map(calendarOf) : [] };
    }
    case "once":
      return { ...jitter, calendars: timing.at === null ? [] : [momentOf(new Date(timing.at))] };
  }
}

/**
 * How far back Temporal itself makes up for times; which of them are run is judged when they come. Where one stands for
 * all, only the last is asked for as far as it can be told. It is also the shortest that the server keeps.
 */
function catchupMs({ timing, missed, missedWindowSeconds: window }: ClockSettings): number {
  if (missed === "skip") return lateSeconds * 1000;
  const isLastEnough = missed === "run_once" && timing.kind === "every";
  const seconds = isLastEnough ? Math.min(window, timing.seconds + lateSeconds) : window;
  return Math.max(lateSeconds, seconds) * 1000;
}

/** What a clock's row wants Temporal to have. */
export interface WantedSchedule {
  spec: ScheduleOptions["spec"];
  policies: NonNullable<ScheduleOptions["policies"]>;
  /** Tells this from what another row wants: the schedule carries it as its note. */
  digest: string;
}

export function wantedSchedule(row: ClockRow): WantedSchedule {
  const spec = specOf(row);
  const policies = { overlap: overlaps[row.settings.overlap], catchupWindow: catchupMs(row.settings) };
  const digest = createHash("sha256")
    .update(JSON.stringify([spec, policies, row.since]))
    .digest("base64url");
  return { spec, policies, digest };
}

/** What a schedule that is made now starts at once, without waiting for a time; null where it waits. */
export function firstTime({ settings, since }: ClockRow, now: Date): Partial<ScheduleOptions["state"]> | null {
  const { timing, overlap } = settings;
  if (timing.kind === "cron") return null;
  if (timing.kind === "once") return timing.at === null ? { triggerImmediately: true } : null;
  // As a time that is made up for: one that is triggered stands beside the others, whatever is said of overlaps.
  const slot = slotOf(settings, since, now).getTime();
  const [start, end] = [new Date(slot - 500), new Date(slot + timing.seconds * 1000 - 1)];
  return { backfill: [{ start, end, overlap: overlaps[overlap] }] };
}

/** It names no version: the one that is live when the time has come is run. */
export function actionOf({ projectId, workflowId }: Pick<ClockRow, "projectId" | "workflowId">) {
  return {
    type: "startWorkflow" as const,
    workflowType: "fireClock",
    workflowId: clockScheduleId(projectId, workflowId),
    taskQueue: queues.triggers,
    args: [{ projectId, workflowId }],
  };
}
