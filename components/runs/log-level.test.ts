import { expect, it } from "vitest";
import { levelOf } from "./log-level";

it.each([
  ["2026-01-01 ERROR no such city", "error"],
  ["Traceback (most recent call last):", "error"],
  ["ValueError: bad", "error"],
  ["WARNING:root:slow", "warning"],
  ["DEBUG:urllib3: GET", "debug"],
  ["42 records, no errors", "plain"],
] as const)("%s is %s", (line, level) => expect(levelOf({ stream: "stderr", line })).toBe(level));

it("marks what Millrace itself says", () => {
  expect(levelOf({ stream: "system", line: "ERROR" })).toBe("system");
});
