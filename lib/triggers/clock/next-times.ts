import { type CronCalendar, parseCron } from "./cron";
import { localIso, readTime } from "./local-time";
import type { ClockSettings } from "./settings";

/** When a clock would start runs next were it live, as Temporal reckons. Pure. */

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Temporal's calendars end here. */
const lastYear = 2099;

const two = (value: number) => String(value).padStart(2, "0");

/** Days have no zone here: they are told by their midnight in UTC. */
function hasDay({ dayOfMonth, dayOfWeek, month, year }: CronCalendar, day: Date): boolean {
  return (
    (!year || year.includes(day.getUTCFullYear())) &&
    (!month || month.includes(day.getUTCMonth() + 1)) &&
    (!dayOfMonth || dayOfMonth.includes(day.getUTCDate())) &&
    (!dayOfWeek || dayOfWeek.includes(day.getUTCDay()))
  );
}

/**
 * A time that clocks skip never comes. One that they show twice comes again where the zone's offset at that time of UTC
 * is the earlier one, so west of Greenwich: Temporal's way.
 */
function momentsOf(local: string, timeZone: string): Date[] {
  const first = readTime(local, timeZone);
  if (!first) return [];
  const again = new Date(first.getTime() + hourMs);
  return [first, again].filter((moment) => localIso(moment, timeZone) === local);
}

function momentsOfHour({ minute, second }: CronCalendar, hour: string, from: string, timeZone: string): Date[] {
  const locals = minute.flatMap((m) => second.map((s) => `${hour}:${two(m)}:${two(s)}`));
  const moments = locals.filter((local) => local >= from).flatMap((local) => momentsOf(local, timeZone));
  return moments.sort((left, right) => left.getTime() - right.getTime());
}

/** All calendars of one expression differ by their days only. */
function* cronTimes(calendars: CronCalendar[], timeZone: string, after: Date): Generator<Date> {
  // What clocks show twice may have begun before.
  const from = localIso(new Date(after.getTime() - hourMs), timeZone);
  const end = Date.UTC(lastYear + 1, 0, 1);
  for (let at = Date.parse(`${from.slice(0, 10)}T00:00:00Z`); at < end; at += dayMs) {
    const day = new Date(at);
    const calendar = calendars.find((candidate) => hasDay(candidate, day));
    for (const hour of calendar?.hour ?? []) {
      const local = `${day.toISOString().slice(0, 10)}T${two(hour)}`;
      if (!calendar || local < from.slice(0, local.length)) continue;
      yield* momentsOfHour(calendar, local, from, timeZone).filter((moment) => moment > after);
    }
  }
}

/**
 * @param after the moment of the deployment, from which times that come every so often are counted
 * @returns at most `count`, soonest first, without their jitter
 */
export function nextTimes(
  { timing, timeZone }: Pick<ClockSettings, "timing" | "timeZone">,
  after: Date,
  count: number,
) {
  switch (timing.kind) {
    case "every":
      return Array.from({ length: count }, (_, index) => new Date(after.getTime() + index * timing.seconds * 1000));
    case "once": {
      const at = timing.at === null ? after : new Date(timing.at);
      return at >= after ? [at] : [];
    }
    case "cron": {
      const cron = parseCron(timing.expression);
      const times: Date[] = [];
      for (const time of cronTimes(cron.ok ? cron.calendars : [], timeZone, after)) {
        if (times.push(time) === count) break;
      }
      return times;
    }
  }
}
