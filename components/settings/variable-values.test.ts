import { expect, it } from "vitest";
import { readValue, startOf } from "./variable-values";

const given = (type: Parameters<typeof readValue>[0]["type"], value: string) =>
  readValue({ name: "A", type, value, file: undefined, description: "" });

it.each([
  ["string", "7", "7"],
  ["integer", "7", 7],
  ["boolean", "true", true],
  ["object", '{"a": [1]}', { a: [1] }],
  ["array", "[1, 2]", [1, 2]],
] as const)("reads %s", (type, text, value) => expect(given(type, text)).toEqual(value));

it.each([
  ["float", "", "Give a number."],
  ["object", "[1]", "Write an object as JSON."],
  ["object", "null", "Write an object as JSON."],
  ["array", "[1", "Write a list as JSON."],
] as const)("says what is wrong with %s: %s", (type, text, message) => {
  expect(() => given(type, text)).toThrow(
    expect.objectContaining({ errors: { value: expect.stringContaining(message) } }),
  );
});

it("begins with what there is, but never with a secret", () => {
  const variable = { name: "A", secret: false, description: "", updatedAt: "" };
  expect(startOf({ ...variable, type: "object", value: { a: 1 } }).value).toBe('{\n  "a": 1\n}');
  expect(startOf({ ...variable, type: "file", value: { name: "a.csv", size: 3 } }).value).toBe("");
  expect(startOf({ ...variable, type: "password", secret: true, value: null }).value).toBe("");
});
