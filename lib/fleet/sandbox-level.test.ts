import { expect, it } from "vitest";
import { holdsTenantsApart, isIsolated, sandboxLevels } from "./sandbox-level";

it("several tenants share what isolates them, and what confines them where that is said to be enough", () => {
  const isolating = ["L3p", "L3", "L4"];
  expect(sandboxLevels.filter((level) => isIsolated(level))).toEqual(isolating);
  expect(sandboxLevels.filter((level) => holdsTenantsApart(level, false))).toEqual(isolating);
  expect(sandboxLevels.filter((level) => holdsTenantsApart(level, true))).toEqual(["L2", ...isolating]);
});
