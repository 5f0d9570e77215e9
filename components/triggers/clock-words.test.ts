import { expect, it } from "vitest";
import { catchUpLabel, everyLabel } from "./clock-words";

it.each([
  [1, "Every second"],
  [5, "Every 5 seconds"],
  [60, "Every minute"],
  [90, "Every 90 seconds"],
  [7_200, "Every 2 hours"],
  [86_400, "Every day"],
])("%i s is said as %s", (seconds, label) => {
  expect(everyLabel(seconds)).toBe(label);
});

it.each([
  [{ missed: 29, madeUp: 1 }, "run_once", "29 times missed, 1 made up for, which stands for all."],
  [{ missed: 1, madeUp: 1 }, "run_once", "1 time missed, 1 made up for."],
  [{ missed: 5, madeUp: 3 }, "run_all", "5 times missed, 3 made up for."],
  [{ missed: 1_000, madeUp: 0 }, "skip", "1000 times or more missed, none made up for."],
] as const)("%j with %s is said as %s", (catchUp, policy, label) => {
  expect(catchUpLabel(catchUp, policy)).toBe(label);
});
