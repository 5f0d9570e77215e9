import { expect, it } from "vitest";
import { raiseVersion } from "./raise-version";

it.each([
  ["1.0", [], "1.0"],
  ["1.0", ["1.0"], "1.1"],
  ["1.2.9", ["1.2.9"], "1.2.10"],
  ["1.0", ["1.0", "1.1", "1.3"], "1.2"],
  ["2.0-beta", ["2.0-beta"], "2.1-beta"],
  ["first", ["first"], "first.1"],
])("after %s, with %j taken, comes %s", (version, taken, next) => {
  expect(raiseVersion(version, taken)).toBe(next);
});
