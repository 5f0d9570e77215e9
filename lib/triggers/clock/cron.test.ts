import { describe, expect, it } from "vitest";
import { type CronCalendar, parseCron } from "./cron";

function calendarsOf(expression: string): CronCalendar[] {
  const cron = parseCron(expression);
  if (!cron.ok) throw new Error(cron.problem);
  return cron.calendars;
}

/** Whether the expression has the time, by fields. */
function matches(expression: string, at: string): boolean {
  const date = new Date(`${at}Z`);
  const values = {
    second: date.getUTCSeconds(),
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    dayOfMonth: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    dayOfWeek: date.getUTCDay(),
    year: date.getUTCFullYear(),
  };
  return calendarsOf(expression).some((calendar) =>
    Object.entries(values).every(([name, value]) => calendar[name as keyof CronCalendar]?.includes(value) ?? true),
  );
}

describe("a cron expression", () => {
  it.each([
    ["*/15 * * * *", "2027-03-01T10:45:00", "2027-03-01T10:46:00"],
    ["5/20 * * * *", "2027-03-01T10:45:00", "2027-03-01T10:20:00"],
    ["0 18 * * mon-fri", "2027-03-01T18:00:00", "2027-02-28T18:00:00"],
    ["0 9,17 1-7 JAN,jul *", "2027-07-03T17:00:00", "2027-08-03T17:00:00"],
    ["0 0 * * 7", "2027-02-28T00:00:00", "2027-03-01T00:00:00"],
    ["0 0 * * 5-7", "2027-02-28T00:00:00", "2027-03-01T00:00:00"],
    ["0 0 ? * *", "2027-02-28T00:00:00", "2027-02-28T00:01:00"],
    ["@daily", "2027-02-28T00:00:00", "2027-02-28T01:00:00"],
    ["0 12 24 12 * 2027", "2027-12-24T12:00:00", "2028-12-24T12:00:00"],
    ["*/10 0 0 * * * *", "2027-02-28T00:00:20", "2027-02-28T00:00:25"],
    ["30 0 12 1 1 * 2028-2030", "2029-01-01T12:00:30", "2029-01-01T12:00:00"],
    ["0 0 L * *", "2027-02-28T00:00:00", "2028-02-28T00:00:00"],
    ["0 0 L * *", "2028-02-29T00:00:00", "2027-01-30T00:00:00"],
    ["0 0 15,L 4 *", "2027-04-30T00:00:00", "2027-04-14T00:00:00"],
    ["0 0 * * L5", "2027-02-26T00:00:00", "2027-02-19T00:00:00"],
    ["0 0 * * lfri", "2027-04-30T00:00:00", "2027-04-23T00:00:00"],
  ])("%s has %s and not %s", (expression, at, not) => {
    expect([matches(expression, at), matches(expression, not)]).toEqual([true, false]);
  });

  it("with both kinds of day has the days of either", () => {
    for (const day of ["2027-03-13", "2027-03-05"]) expect(matches("0 0 13 * fri", `${day}T00:00:00`)).toBe(true);
    expect(matches("0 0 13 * fri", "2027-03-06T00:00:00")).toBe(false);
  });

  it.each([
    ["", /0 fields/],
    ["* * * *", /4 fields/],
    ["1 2 3 4 5 2027 7 8", /8 fields/],
    ["60 * * * *", /“60” is no minute/],
    ["* 24 * * *", /no hour/],
    ["* * 0 * *", /no day of the month/],
    ["* * * foo *", /“foo” is no month/],
    ["* * * * 8", /no day of the week/],
    ["*/0 * * * *", /step/],
    ["*/x * * * *", /step/],
    ["1-2-3 * * * *", /no range/],
    ["9-5 * * * *", /ends before/],
    ["1,,2 * * * *", /“” is no minute/],
    ["@sometimes", /none of @yearly/],
    ["0 0 31 2 *", /no such day/],
    ["0 0 29 2 * 2027", /no such day/],
    // Quartz's, which Ryax' trigger does not know either.
    ["0 0 15W * *", /“15w” is no day of the month: it must be from 1 to 31/],
    ["0 0 L-3 * *", /“l” is no day of the month/],
    ["0 0 * * fri#2", /“fri#2” is no day of the week/],
    ["0 0 * * L", /no day of the week/],
  ])("%j is told what is wrong with it", (expression, problem) => {
    expect(parseCron(expression)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });
});
