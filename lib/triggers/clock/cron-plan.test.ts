import { describe, expect, it } from "vitest";
import { parseCron } from "./cron";
import { planWords, readPlan, writePlan } from "./cron-plan";

describe("a cron expression in plain words", () => {
  it.each([
    ["0 18 * * *", "Every day at 18:00"],
    ["@daily", "Every day at 00:00"],
    ["30 8 * * mon-fri", "Every weekday at 08:30"],
    ["30 8 * * 1,2,3,4,5", "Every weekday at 08:30"],
    ["0 9 * * 1,3,sat", "Every Monday, Wednesday and Saturday at 09:00"],
    ["@weekly", "Every Sunday at 00:00"],
    ["5 7 12 * *", "On day 12 of every month at 07:05"],
    ["0 0 L * *", "On the last day of every month at 00:00"],
    ["15 * * * *", "Every hour at :15"],
    ["*/20 * * * *", "Every 20 minutes"],
    ["0,30 * * * ?", "Every 30 minutes"],
    ["* * * * *", "Every minute"],
    ["0 0 18 * * * *", "Every day at 18:00"],
  ])("%s is %s", (expression, words) => {
    const plan = readPlan(expression);
    expect(plan && planWords(plan)).toBe(words);
    // What the plan writes means the same.
    expect(plan && parseCron(writePlan(plan))).toEqual(parseCron(expression));
  });

  it.each([
    "0 18 * * 0 2027",
    "0 9,17 * * *",
    "*/7 * * * *",
    "10/15 * * * *",
    "0 0 L,1 * *",
    "0 0 L 2 *",
    "0 0 * * L5",
  ])("%s has none", (expression) => {
    expect(readPlan(expression)).toBeUndefined();
  });

  it.each(["0 0 1 1 *", "0 0 1 * mon", "5 0 18 * * * *", "0 0 L * mon", "", "nonsense", "0 0 1,15 * *"])(
    "%s has none either",
    (expression) => {
      expect(readPlan(expression)).toBeUndefined();
    },
  );
});
