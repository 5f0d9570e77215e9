import { expect, it } from "vitest";
import { parseLimit } from "@/lib/limits/limit-text";
import { amountText, formatAmount, nearness } from "./amount";

it("amounts are said as people say them", () => {
  expect([
    formatAmount("bytes", 4 * 1024 ** 3),
    formatAmount("seconds", 86_400),
    formatAmount("seconds", 90),
    formatAmount("days", 1),
    formatAmount("count", 10_000),
  ]).toEqual(["4 GiB", "24 h", "90 s", "1 day", "10,000"]);
});

it.each([512 * 1024 ** 2, 3 * 1024 ** 3, 100_000_000])("a size of %d is typed as it is read", (bytes) => {
  expect(parseLimit("memoryBytes", amountText("bytes", bytes))).toBe(bytes);
});

it("what is in use is near its limit from four fifths on", () => {
  expect([nearness(7, 10), nearness(8, 10), nearness(10, 10), nearness(0, 0), nearness(1, 0)]).toEqual([
    "calm",
    "near",
    "full",
    "calm",
    "full",
  ]);
});
