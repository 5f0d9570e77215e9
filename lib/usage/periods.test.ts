import { expect, it } from "vitest";
import { daysOf, periodOf } from "./periods";

const now = new Date("2026-03-10T12:30:00Z");
const hour = (text: string, completed: number) => ({
  hour: new Date(text),
  completed,
  failed: 1,
  canceled: 0,
  stepMs: 10,
});
const hours = {
  used: [hour("2026-03-10T12:00:00Z", 1), hour("2026-03-09T13:00:00Z", 2), hour("2026-03-09T12:00:00Z", 4)],
  refused: [
    { hour: new Date("2026-03-10T11:00:00Z"), limit: "openRuns", count: 3 },
    { hour: new Date("2026-03-10T12:00:00Z"), limit: "storageBytes", count: 5 },
    { hour: new Date("2026-02-20T12:00:00Z"), limit: "openRuns", count: 7 },
  ],
};

it("a period is its last hours with the current one, and no more", () => {
  expect(periodOf(hours, 24, now)).toEqual({
    hours: 24,
    completed: 3,
    failed: 2,
    canceled: 0,
    stepMs: 20,
    refused: 8,
    refusedByLimit: [
      { limit: "storageBytes", count: 5 },
      { limit: "openRuns", count: 3 },
    ],
  });
  expect(periodOf(hours, 720, now)).toMatchObject({ completed: 7, refused: 15 });
});

it("days are all there, in order, in UTC", () => {
  const days = daysOf(hours, now);
  expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([30, "2026-02-09", "2026-03-10"]);
  expect(days.at(-1)).toMatchObject({ completed: 1, failed: 1, refused: 8 });
  expect(days.at(-2)).toMatchObject({ completed: 6, failed: 2, refused: 0 });
  expect(days.find(({ day }) => day === "2026-02-20")?.refused).toBe(7);
});
