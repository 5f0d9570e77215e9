import { expect, it } from "vitest";
import { childPath, jsonRows, searchJson } from "./json-rows";

const value = { city: "Oslo", days: [{ high: 3 }, { high: 5 }], "odd key": null };
const all = { toggled: new Set<string>(), shown: null };
const pathsOf = (rows: { path: string }[]) => rows.map((row) => row.path);

it("shows the first levels, deeper ones closed", () => {
  const rows = jsonRows(value, all);
  expect(pathsOf(rows)).toEqual(["$", "$.city", "$.days", "$.days[0]", "$.days[1]", '$["odd key"]']);
  expect(rows.find((row) => row.path === "$.days[0]")).toMatchObject({ isOpen: false, size: 1, kind: "object" });
});

it("opens and closes by hand", () => {
  expect(pathsOf(jsonRows(value, { ...all, toggled: new Set(["$.days[1]"]) }))).toContain("$.days[1].high");
  expect(pathsOf(jsonRows(value, { ...all, toggled: new Set(["$.days"]) }))).not.toContain("$.days[0]");
});

it("keeps a long list closed", () => {
  const rows = jsonRows({ list: Array.from({ length: 101 }, (_, index) => index) }, all);
  expect(rows).toHaveLength(2);
});

it("finds keys and values, at any depth, with what leads to them", () => {
  const shown = searchJson(value, "HIGH");
  expect(pathsOf(jsonRows(value, { toggled: new Set(), shown }))).toEqual([
    "$",
    "$.days",
    "$.days[0]",
    "$.days[0].high",
    "$.days[1]",
    "$.days[1].high",
  ]);
  expect(searchJson(value, "oslo")).toEqual(new Set(["$", "$.city"]));
  expect(searchJson(value, "nowhere").size).toBe(0);
});

it("writes paths that can be pasted into code", () => {
  expect(childPath("$", "a-b", false)).toBe('$["a-b"]');
  expect(childPath("$.x", "0", true)).toBe("$.x[0]");
});
