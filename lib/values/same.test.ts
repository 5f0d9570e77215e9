import { expect, it } from "vitest";
import { isSameJson } from "./same";

it.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: null }, { b: null }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [null, {}, false],
  ["1", 1, false],
])("%j and %j: %s", (left, right, verdict) => {
  expect(isSameJson(left, right)).toBe(verdict);
  expect(isSameJson(right, left)).toBe(verdict);
});
