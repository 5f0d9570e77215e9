import { expect, it } from "vitest";
import { formatLimit, parseLimitChanges, parseLimits } from "./limit-text";
import { effectiveLimits, type Limits, limitKinds, limitNames } from "./names";

it("limits are read as people write them", () => {
  expect(parseLimits("memoryBytes=2G, cpus=0.5\nopenRuns=500")).toEqual({
    memoryBytes: 2 * 1024 ** 3,
    cpus: 0.5,
    openRuns: 500,
  });
  expect(parseLimits("")).toEqual({});
  expect(parseLimitChanges(["openRuns=default", "storageBytes=1.5G"])).toEqual({
    openRuns: null,
    storageBytes: 1.5 * 1024 ** 3,
  });
});

it.each([
  ["memory=2G", /no limit “memory”. There are memoryBytes, /],
  ["openRuns", /“openRuns” is not of the form name=value/],
  ["openRuns=2G", /openRuns: “2G” is not a number/],
  ["openRuns=1.5", /openRuns must be a whole number/],
  ["memoryBytes=1M", /memoryBytes must be at least 64 MiB/],
  ["memoryBytes=lots", /is not a size such as 512M or 2G/],
  ["openRuns=-1", /is not a number/],
])("%s is told what is wrong with it", (text, message) => {
  expect(() => parseLimits(text)).toThrow(message);
});

it("amounts are said with their units", () => {
  expect([
    formatLimit("memoryBytes", 4 * 1024 ** 3),
    formatLimit("storageBytes", 1_234_567),
    formatLimit("storageBytes", 12),
    formatLimit("callSeconds", 90),
    formatLimit("retentionDays", 1),
    formatLimit("openRuns", 10_000),
  ]).toEqual(["4 GiB", "1.18 MiB", "12 bytes", "90 s", "1 day", "10,000"]);
});

it("an operator's cap goes above or below the platform's, and an admin's choice below that", () => {
  const platform = Object.fromEntries(limitNames.map((name) => [name, limitKinds[name].platform])) as Limits;
  const caps = { openRuns: 50_000, retentionDays: 7 };
  expect(effectiveLimits(platform, caps, { openRuns: 60_000, retentionDays: 2, cpus: 1 })).toEqual({
    ...platform,
    openRuns: 50_000,
    retentionDays: 2,
    cpus: 1,
  });
});
