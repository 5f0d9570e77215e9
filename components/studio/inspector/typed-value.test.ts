import { describe, expect, it } from "vitest";
import { isTextOf, readTyped, typedText } from "./typed-value";

describe("a typed value", () => {
  it.each([
    ["string", "12", { static: "12" }],
    ["integer", " 12 ", { static: 12 }],
    ["integer", "-3", { static: -3 }],
    ["integer", "1.5", { static: "1.5" }],
    ["integer", "9007199254740993", { static: "9007199254740993" }],
    ["float", "1.", { static: 1 }],
    ["float", ".5", { static: 0.5 }],
    ["float", "1e3", { static: 1000 }],
    ["float", "many", { static: "many" }],
    ["object", '{"a": 1}', { static: { a: 1 } }],
    ["array", "[1,", { static: "[1," }],
    ["string", "", null],
    ["integer", "", null],
  ] as const)("as a %s, %j is %j", (type, text, source) => {
    expect(readTyped(type, text)).toEqual(source);
  });

  it("is shown as it was typed", () => {
    expect([{ static: "a" }, { static: 1.5 }, { static: null }, { static: true }].map(typedText)).toEqual([
      "a",
      "1.5",
      "",
      "true",
    ]);
    expect(typedText({ variable: "X" })).toBe("");
    expect(typedText(undefined)).toBe("");
  });

  it("is the same while a number is half typed", () => {
    expect(isTextOf("float", "1.", { static: 1 })).toBe(true);
    expect(isTextOf("float", "1.5", { static: 1 })).toBe(false);
    expect(isTextOf("string", "", undefined)).toBe(true);
    expect(isTextOf("object", '{"a":1}', { static: { a: 1 } })).toBe(true);
  });
});
