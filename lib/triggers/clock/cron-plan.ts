import { type CronCalendar, parseCron } from "./cron";

/** Cron expressions as people think of them; those that have no such form stay expressions. Pure. */

interface TimeOfDay {
  hour: number;
  minute: number;
}

export type CronPlan =
  | { every: "minutes"; minutes: number }
  | { every: "hour"; minute: number }
  | ({ every: "day" } & TimeOfDay)
  /** 0 is Sunday. */
  | ({ every: "week"; weekdays: number[] } & TimeOfDay)
  | ({ every: "month"; day: number | "last" } & TimeOfDay);

/** Those that divide an hour: others are not the same time apart. */
export const minuteSteps = [1, 2, 3, 5, 10, 15, 20, 30] as const;
export const workdays = [1, 2, 3, 4, 5];
export const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

export function writePlan(plan: CronPlan): string {
  switch (plan.every) {
    case "minutes":
      return plan.minutes === 1 ? "* * * * *" : `*/${plan.minutes} * * * *`;
    case "hour":
      return `${plan.minute} * * * *`;
    case "day":
      return `${plan.minute} ${plan.hour} * * *`;
    case "week": {
      const days = plan.weekdays.join() === workdays.join() ? "mon-fri" : plan.weekdays.join(",");
      return `${plan.minute} ${plan.hour} * * ${days}`;
    }
    case "month":
      return `${plan.minute} ${plan.hour} ${plan.day === "last" ? "L" : plan.day} * *`;
  }
}

function withinHours({ hour, minute }: CronCalendar): CronPlan | undefined {
  if (hour.length < 24) return undefined;
  const [first = 0] = minute;
  if (minute.length === 1) return { every: "hour", minute: first };
  const step = minuteSteps.find((candidate) => candidate * minute.length === 60);
  const isEven = minute.every((value, index) => value === index * (step ?? 0));
  return step && isEven ? { every: "minutes", minutes: step } : undefined;
}

/** Written as it is in all months, the last day is of four calendars. */
function isLastDay(expression: string, calendars: CronCalendar[]): boolean {
  const others = parseCron(expression.replace(/\bl\b/i, "*"));
  const [calendar] = others.ok ? others.calendars : [];
  const isPlain = calendar && !calendar.month && !calendar.year && !calendar.dayOfWeek && !calendar.dayOfMonth;
  return calendars.length === 4 && isPlain === true && /(^|\s)l(\s|$)/i.test(expression);
}

/** @returns undefined where the expression is none, or says more than a plan can */
export function readPlan(expression: string): CronPlan | undefined {
  const cron = parseCron(expression);
  const [calendar] = cron.ok ? cron.calendars : [];
  if (!cron.ok || !calendar || calendar.second.join() !== "0") return undefined;
  const [hour = 0] = calendar.hour;
  const [minute = 0] = calendar.minute;
  const isOneTime = calendar.hour.length === 1 && calendar.minute.length === 1;
  if (isOneTime && isLastDay(expression, cron.calendars)) return { every: "month", day: "last", hour, minute };
  const { dayOfMonth, dayOfWeek, month, year } = calendar;
  if (cron.calendars.length > 1 || month || year) return undefined;
  if (!dayOfMonth && !dayOfWeek) return isOneTime ? { every: "day", hour, minute } : withinHours(calendar);
  if (!isOneTime) return undefined;
  if (dayOfWeek) return { every: "week", weekdays: dayOfWeek, hour, minute };
  const [day] = dayOfMonth ?? [];
  return day && dayOfMonth?.length === 1 ? { every: "month", day, hour, minute } : undefined;
}

const two = (value: number) => String(value).padStart(2, "0");
export const timeText = ({ hour, minute }: TimeOfDay) => `${two(hour)}:${two(minute)}`;

function daysText(weekdays: number[]): string {
  if (weekdays.join() === workdays.join()) return "weekday";
  const names = weekdays.map((day) => weekdayNames[day]);
  const last = names.pop();
  return names.length > 0 ? `${names.join(", ")} and ${last}` : `${last}`;
}

export function planWords(plan: CronPlan): string {
  switch (plan.every) {
    case "minutes":
      return plan.minutes === 1 ? "Every minute" : `Every ${plan.minutes} minutes`;
    case "hour":
      return `Every hour at :${two(plan.minute)}`;
    case "day":
      return `Every day at ${timeText(plan)}`;
    case "week":
      return `Every ${daysText(plan.weekdays)} at ${timeText(plan)}`;
    case "month":
      return plan.day === "last"
        ? `On the last day of every month at ${timeText(plan)}`
        : `On day ${plan.day} of every month at ${timeText(plan)}`;
  }
}
