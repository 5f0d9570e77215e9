/**
 * Cron expressions as Ryax's trigger takes them: five fields with the minute first, a sixth for the year, with seven the
 * first is the second. Names, lists, ranges, steps, `?`, `L`, `L5` and aliases are understood. Pure.
 */

/** All times at which each of the fields has one of its values; a field that is left out may have any. */
export interface CronCalendar {
  second: number[];
  minute: number[];
  hour: number[];
  dayOfMonth?: number[];
  month?: number[];
  /** 0 is Sunday. */
  dayOfWeek?: number[];
  year?: number[];
}

/** The times are those of all calendars together. */
export type Cron = { ok: true; calendars: CronCalendar[] } | { ok: false; problem: string };

const aliases: Record<string, string> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Those that Temporal has calendars of; times before now never come anyway. */
const years = { min: 2000, max: 2099 };

interface Field {
  name: string;
  min: number;
  max: number;
  names?: Map<string, number>;
}

const named = (names: string[], first: number) => new Map(names.map((name, index) => [name, index + first]));
const fields = {
  second: { name: "second", min: 0, max: 59 },
  minute: { name: "minute", min: 0, max: 59 },
  hour: { name: "hour", min: 0, max: 23 },
  dayOfMonth: { name: "day of the month", min: 1, max: 31 },
  month: { name: "month", min: 1, max: 12, names: named(monthNames, 1) },
  // Many write Sunday as 7.
  dayOfWeek: { name: "day of the week", min: 0, max: 7, names: named(dayNames, 0) },
  year: { name: "year", ...years },
} satisfies Record<string, Field>;

class CronProblem extends Error {}

function numberOf(text: string, field: Field): number {
  const value = field.names?.get(text) ?? (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN);
  if (value >= field.min && value <= field.max) return value;
  throw new CronProblem(`“${text}” is no ${field.name}: it must be from ${field.min} to ${field.max}`);
}

function rangeOf(text: string, field: Field): number[] {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step)))
    throw new CronProblem(`“${text}” has a step that is not a whole number`);
  const [from = "", to, ...rest] = range.split("-");
  if (rest.length > 0) throw new CronProblem(`“${text}” is no range`);
  const isAny = range === "*" || range === "?";
  const first = isAny ? field.min : numberOf(from, field);
  const open = isAny || (to === undefined && step !== undefined);
  const last = open ? field.max - (field === fields.dayOfWeek ? 1 : 0) : to === undefined ? first : numberOf(to, field);
  if (last < first) throw new CronProblem(`“${text}” ends before it begins`);
  const values: number[] = [];
  for (let value = first; value <= last; value += Number(step ?? 1)) values.push(value);
  return values;
}

/** Undefined where any value will do. */
function valuesOf(text: string, field: Field): number[] | undefined {
  const parts = text.split(",");
  if (parts.some((part) => part === "*" || part === "?")) return undefined;
  const values = new Set(parts.flatMap((part) => rangeOf(part, field)));
  if (field === fields.dayOfWeek && values.delete(7)) values.add(0);
  return [...values].sort((left, right) => left - right);
}

const isLeap = (year: number) => year % 4 === 0;
/** Months by how many days they have. */
const lengths = [
  { days: 31, months: [1, 3, 5, 7, 8, 10, 12] },
  { days: 30, months: [4, 6, 9, 11] },
  { days: 29, months: [2], leap: true },
  { days: 28, months: [2], leap: false },
];

/** The same calendar for the months of each length, with days that are counted from the month's end. */
function fromEnd(calendar: CronCalendar, daysOf: (length: number) => number[]): CronCalendar[] {
  return lengths.flatMap(({ days, months, leap }) => {
    const month = months.filter((one) => !calendar.month || calendar.month.includes(one));
    const all = calendar.year ?? Array.from({ length: years.max - years.min + 1 }, (_, index) => years.min + index);
    const year = leap === undefined ? calendar.year : all.filter((one) => isLeap(one) === leap);
    if (month.length === 0 || year?.length === 0) return [];
    return [{ ...calendar, month, dayOfMonth: daysOf(days), ...(year && { year }) }];
  });
}

const lastSeven = (length: number) => Array.from({ length: 7 }, (_, index) => length - 6 + index);

/** With a day of the month and a day of the week, either will do, as everywhere in cron. */
function withDays(base: CronCalendar, dayOfMonth: string, dayOfWeek: string): CronCalendar[] {
  const calendars: CronCalendar[] = [];
  const lastDays = dayOfMonth.split(",").filter((part) => part === "l");
  const otherDays = dayOfMonth.split(",").filter((part) => part !== "l");
  const lastWeekdays = dayOfWeek.split(",").filter((part) => /^l./.test(part));
  const otherWeekdays = dayOfWeek.split(",").filter((part) => !/^l./.test(part));
  const days = otherDays.length > 0 ? valuesOf(otherDays.join(","), fields.dayOfMonth) : [];
  const weekdays = otherWeekdays.length > 0 ? valuesOf(otherWeekdays.join(","), fields.dayOfWeek) : [];
  if (!days && !weekdays) return [base];
  if (days?.length) calendars.push({ ...base, dayOfMonth: days });
  if (weekdays?.length) calendars.push({ ...base, dayOfWeek: weekdays });
  if (lastDays.length > 0) calendars.push(...fromEnd(base, (length) => [length]));
  if (lastWeekdays.length > 0) {
    const wanted = valuesOf(lastWeekdays.map((part) => part.slice(1)).join(","), fields.dayOfWeek);
    if (!wanted) throw new CronProblem("an L before a day of the week needs the day, as in L5");
    calendars.push(...fromEnd({ ...base, dayOfWeek: wanted }, lastSeven));
  }
  return calendars;
}

/** Whether any month has the days at all: 31 February never comes. */
function canMatch({ dayOfMonth, month, year }: CronCalendar): boolean {
  if (!dayOfMonth) return true;
  return lengths.some(({ days, months, leap }) => {
    if (!months.some((one) => !month || month.includes(one)) || !dayOfMonth.some((day) => day <= days)) return false;
    return !year || leap === undefined || year.some((one) => isLeap(one) === leap);
  });
}

export function parseCron(expression: string): Cron {
  const text = expression.trim().toLowerCase();
  const parts = (aliases[text] ?? text).split(/\s+/).filter(Boolean);
  if (text.startsWith("@") && !aliases[text])
    return { ok: false, problem: `${text} is none of ${Object.keys(aliases).join(", ")}` };
  if (parts.length < 5 || parts.length > 7)
    return {
      ok: false,
      problem: `it has ${parts.length} fields, and must have 5 (minute first), 6 (with the year last) or 7`,
    };
  const [second = "0"] = parts.length === 7 ? parts.splice(0, 1) : [];
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = "*"] = parts;
  try {
    const all = (field: Field) => rangeOf("*", field);
    const months = valuesOf(month, fields.month);
    const wantedYears = valuesOf(year, fields.year);
    const base: CronCalendar = {
      second: valuesOf(second, fields.second) ?? all(fields.second),
      minute: valuesOf(minute, fields.minute) ?? all(fields.minute),
      hour: valuesOf(hour, fields.hour) ?? all(fields.hour),
      ...(months && { month: months }),
      ...(wantedYears && { year: wantedYears }),
    };
    const calendars = withDays(base, dayOfMonth, dayOfWeek).filter(canMatch);
    return calendars.length > 0 ? { ok: true, calendars } : { ok: false, problem: "there is no such day in any month" };
  } catch (error) {
    if (error instanceof CronProblem) return { ok: false, problem: error.message };
    throw error;
  }
}
