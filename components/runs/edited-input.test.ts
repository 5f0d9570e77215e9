import { describe, expect, it } from "vitest";
import { InvalidForm } from "@/components/forms/field-errors";
import { editableValues, readEdited } from "./edited-input";

describe("an input to be edited", () => {
  it("leaves out what is only named here", () => {
    const file = { file: "map.csv", size: 3, url: "/api/v1/…" };
    const { shown, kept } = editableValues({ city: "Oslo", key: "••••••", map: file, days: 3 });
    expect(shown).toEqual({ city: "Oslo", days: 3 });
    expect(kept).toEqual(["key", "map"]);
  });

  it("gives only what was changed, and null for what was taken out", () => {
    const before = { city: "Oslo", days: 3, note: "x" };
    expect(readEdited('{"city": "Bergen", "days": 3}', before)).toEqual({ city: "Bergen", note: null });
    expect(readEdited(JSON.stringify(before), before)).toEqual({});
  });

  it.each(["{", "[1]", "3", "null"])("refuses %s", (text) => {
    expect(() => readEdited(text, {})).toThrow(InvalidForm);
  });
});
