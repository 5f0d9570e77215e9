import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatDuration, formatExact, formatRelative } from "./format";

describe("durations", () => {
  it.each([
    [0, "0 ms"],
    [0.43, "430 µs"],
    [12.4, "12 ms"],
    [999.4, "999 ms"],
    [1_240, "1.24 s"],
    [59_990, "59.99 s"],
    [59_999, "1 min 00 s"],
    [185_000, "3 min 05 s"],
    [7_620_000, "2 h 07 min"],
  ])("%d ms is %s", (milliseconds, expected) => expect(formatDuration(milliseconds)).toBe(expected));
});

describe("relative times", () => {
  const now = new Date("2026-03-04T12:00:00Z");
  it.each([
    ["2026-03-04T11:59:30Z", "just now"],
    ["2026-03-04T11:57:00Z", "3 min. ago"],
    ["2026-03-04T09:00:00Z", "3 hr. ago"],
    ["2026-03-03T11:00:00Z", "25 hr. ago"],
    ["2026-03-06T11:00:00Z", "in 47 hr."],
    ["2026-03-17T12:00:00Z", "in 13 days"],
    ["2026-02-18T12:00:00Z", "2 wk. ago"],
    ["2026-01-09T12:00:00Z", "7 wk. ago"],
    ["2027-03-04T12:00:00Z", "in 12 mo."],
    ["2026-03-06T13:00:00Z", "in 2 days"],
    ["2026-03-04T12:00:30Z", "in a moment"],
  ])("%s is %s", (at, expected) => expect(formatRelative(new Date(at), now)).toBe(expected));
});

it("gives the exact time to the millisecond with its zone", () => {
  expect(formatExact(new Date(2026, 2, 4, 15, 6, 7, 89))).toMatch(/^2026-03-04 15:06:07\.089 \S+/);
});

it.each([
  [812, "812 B"],
  [1_434, "1.4 KiB"],
  [5 * 1024 ** 2, "5 MiB"],
  [3_000 * 1024 ** 3, "2.9 TiB"],
])("%d bytes are %s", (bytes, expected) => expect(formatBytes(bytes)).toBe(expected));

it("counts", () => {
  expect([formatCount(1, "run"), formatCount(1_204, "run"), formatCount(0, "entry", "entries")]).toEqual([
    "1 run",
    "1,204 runs",
    "0 entries",
  ]);
});
