import { expect, it } from "vitest";
import { everyLabel } from "./clock-words";

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
