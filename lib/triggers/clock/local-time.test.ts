import { expect, it } from "vitest";
import { isTimeZone, localIso, readTime } from "./local-time";

it.each([
  ["2027-01-31T18:00", "Europe/Paris", "2027-01-31T17:00:00.000Z"],
  ["2027-07-31 18:00:30", "Europe/Paris", "2027-07-31T16:00:30.000Z"],
  ["2027-07-31T18:00:00Z", "Europe/Paris", "2027-07-31T18:00:00.000Z"],
  ["2027-07-31T18:00:00+05:30", "UTC", "2027-07-31T12:30:00.000Z"],
  ["2027-03-28T00:30", "Europe/Paris", "2027-03-27T23:30:00.000Z"],
  ["2027-12-31T23:59:59", "Pacific/Auckland", "2027-12-31T10:59:59.000Z"],
])("%s in %s is %s", (text, zone, utc) => {
  const read = readTime(text, zone);
  expect(read?.toISOString()).toBe(utc);
});

it.each(["", "tomorrow", "2027-13-01T00:00", "2027-01-31", "18:00"])("%j is no time", (text) => {
  expect(readTime(text, "UTC")).toBeUndefined();
});

it("shows the zone's own clock", () => {
  const at = new Date("2027-07-31T22:00:00Z");
  expect(localIso(at, "Europe/Paris")).toBe("2027-08-01T00:00:00");
  expect(localIso(at, "UTC")).toBe("2027-07-31T22:00:00");
});

it("knows which zones there are", () => {
  expect(["UTC", "Europe/Paris", "", "Mars/Olympus"].map(isTimeZone)).toEqual([true, true, false, false]);
});
