import { expect, it } from "vitest";
import { middleOf, pathBy } from "./edge-path";

const [from, to] = [
  { x: 0, y: 0 },
  { x: 100, y: 40 },
];

it("a line begins and ends level, and goes by every point", () => {
  expect(pathBy(from, [], to)).toBe("M 0 0 C 50 0 50 40 100 40");
  expect(pathBy(from, [{ x: 50, y: -20 }], to)).toBe("M 0 0 C 25 0 25 -20 50 -20 C 75 -20 75 40 100 40");
});

it("its middle is on it", () => {
  expect(middleOf(from, [], to)).toEqual({ x: 50, y: 20 });
  expect(middleOf(from, [{ x: 50, y: -20 }], to)).toEqual({ x: 50, y: -20 });
});
