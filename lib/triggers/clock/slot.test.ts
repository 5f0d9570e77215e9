import { expect, it } from "vitest";
import type { ClockSettings } from "./settings";
import { slotOf } from "./slot";

const since = new Date("2027-01-01T00:00:03Z");
const settings = (timing: ClockSettings["timing"]) => ({ timing }) as ClockSettings;
const slot = (timing: ClockSettings["timing"], fired: string) =>
  slotOf(settings(timing), since, new Date(fired)).toISOString();

it.each([
  ["at once", "2027-01-01T00:00:03Z", "2027-01-01T00:00:03.000Z"],
  ["by a server whose clock is behind", "2027-01-01T00:00:01Z", "2027-01-01T00:00:03.000Z"],
  ["in its time", "2027-01-01T00:00:23Z", "2027-01-01T00:00:23.000Z"],
  ["when its schedule is made anew", "2027-01-01T00:00:39Z", "2027-01-01T00:00:33.000Z"],
])("what comes every ten seconds and fired %s is for the time that was due last", (_, fired, due) => {
  expect(slot({ kind: "every", seconds: 10 }, fired)).toBe(due);
});

it("what comes once is for its only time, whenever it fired", () => {
  expect(slot({ kind: "once", at: null }, "2027-02-01T00:00:00Z")).toBe(since.toISOString());
  expect(slot({ kind: "once", at: "2027-01-31T17:00:00.000Z" }, "2027-02-01T00:00:00Z")).toBe(
    "2027-01-31T17:00:00.000Z",
  );
});
