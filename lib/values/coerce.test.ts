import { describe, expect, it } from "vitest";
import { coerceInput, coerceText, issuesOf } from "./coerce";
import type { IoType, JsonValue } from "./types";

const accepted = (value: JsonValue) => ({ ok: true, value });
const refused = expect.objectContaining({ ok: false });

describe("coerceText", () => {
  it.each<[IoType, string, unknown]>([
    ["integer", "12", accepted(12)],
    ["integer", "-9223372036854775808", accepted(-(2n ** 63n))],
    ["integer", "9223372036854775807", accepted(2n ** 63n - 1n)],
    ["integer", "9223372036854775808", refused],
    ["integer", "1.0", accepted(1)],
    ["integer", "1e3", accepted(1000)],
    ["integer", "1.5", refused],
    ["integer", "1e400", refused],
    ["integer", "", refused],
    ["integer", " 1", refused],
    ["integer", "0x10", refused],
    ["float", "1.5", accepted(1.5)],
    ["float", "-.5e3", accepted(-500)],
    ["float", "1e400", refused],
    ["float", "NaN", refused],
    ["float", "Infinity", refused],
    ["boolean", "True", accepted(true)],
    ["boolean", "false", accepted(false)],
    ["boolean", "yes", refused],
    ["boolean", "constructor", refused],
    ["string", "", accepted("")],
    ["string", "a\u0000b", accepted("a\u0000b")],
    ["bytes", "aGk=", accepted("aGk=")],
    ["bytes", "aGk", refused],
    ["bytes", "aG==aG==", refused],
    ["bytes", "a===", refused],
  ])("reads %s %j", (type, text, expected) => {
    expect(coerceText({ type }, text)).toEqual(expected);
  });

  it("takes an enum's values in their exact case", () => {
    const definition = { type: "enum" as const, enumValues: ["red", "Blue"] };
    expect(coerceText(definition, "Blue")).toEqual(accepted("Blue"));
    expect(coerceText(definition, "blue")).toEqual(refused);
  });
});

describe("coerceInput", () => {
  it("judges many megabytes of base64", () => {
    const text = Buffer.alloc(30 * 1024 * 1024, 7).toString("base64");
    expect(coerceInput({ type: "bytes" }, text).ok).toBe(true);
    expect(coerceInput({ type: "bytes" }, `${text}!aa=`).ok).toBe(false);
  });

  it.each<[IoType, JsonValue, unknown]>([
    ["integer", 1.0, accepted(1)],
    ["integer", 2n ** 63n, refused],
    ["integer", true, refused],
    ["integer", "1", refused],
    ["float", 3n, accepted(3)],
    ["float", 10n ** 400n, refused],
    ["float", Number.POSITIVE_INFINITY, refused],
    ["boolean", 1, refused],
    ["string", 1, refused],
    ["file", "a.txt", refused],
  ])("judges %s", (type, value, expected) => {
    expect(coerceInput({ type }, value)).toEqual(expected);
  });
});

describe("structured values", () => {
  const schema = { properties: { n: { type: "integer" }, list: { items: { type: "string" } } } };

  it.each<[IoType, JsonValue, unknown]>([
    ["object", { a: [1] }, accepted({ a: [1] })],
    ["object", [1], refused],
    ["object", "{}", refused],
    ["array", [1, "a"], accepted([1, "a"])],
    ["array", { 0: 1 }, refused],
  ])("judges %s", (type, value, expected) => {
    expect(coerceInput({ type }, value)).toEqual(expected);
  });

  it("come as text in JSON", () => {
    expect(coerceText({ type: "object" }, '{"n":9223372036854775807}')).toEqual(accepted({ n: 2n ** 63n - 1n }));
    expect(coerceText({ type: "array" }, "1,2")).toEqual({ ok: false, expected: "a list, written as JSON" });
  });

  it("are told the places that are wrong, each as a problem of its own", () => {
    const found = coerceInput({ type: "object", schema }, { n: "x", list: ["a", 2] });
    if (found.ok) throw new Error("It was taken.");
    expect(found.expected).toBe("a whole number at n");
    expect(issuesOf("body.order", found)).toEqual([
      { path: "body.order.n", message: "must be a whole number" },
      { path: "body.order.list.1", message: "must be a string" },
    ]);
  });
});
