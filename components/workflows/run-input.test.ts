import { expect, it } from "vitest";
import { type RunInputDefinition, readRunInput } from "./run-input";

function define(name: string, type: RunInputDefinition["type"], optional = false): RunInputDefinition {
  return { name, humanName: "", help: "", type, optional };
}

it("makes values of what was typed", () => {
  const definitions = [
    define("city", "string"),
    define("days", "integer"),
    define("limit", "float"),
    define("short", "boolean"),
  ];
  expect(readRunInput(definitions, { city: "Oslo", days: " 3 ", limit: "1e-3", short: true })).toEqual({
    input: { city: "Oslo", days: 3, limit: 0.001, short: true },
    files: {},
    errors: {},
  });
});

it("says what is wrong, at its field", () => {
  const definitions = [define("days", "integer"), define("big", "integer"), define("kind", "enum")];
  expect(readRunInput(definitions, { days: "1.5", big: "9007199254740993" })).toEqual({
    input: {},
    files: {},
    errors: {
      "input.days": "Give a whole number.",
      "input.big": "A whole number beyond 2^53 cannot be given here; call the endpoint with it.",
      "input.kind": "Give a value.",
    },
  });
});

it("reads structures, and says where they are none", () => {
  const definitions = [define("order", "object"), define("list", "array"), define("more", "object", true)];
  expect(readRunInput(definitions, { order: '{"a": [1]}', list: "[]", more: "" })).toEqual({
    input: { order: { a: [1] }, list: [] },
    files: {},
    errors: {},
  });
  const { errors } = readRunInput(definitions, { order: "[1]", list: "1, 2", more: '{"n": 9007199254740993}' });
  expect(errors).toEqual({
    "input.order": expect.stringMatching(/^Give an object/),
    "input.list": expect.stringMatching(/^Give a list.*: /),
    "input.more": expect.stringMatching(/beyond 2\^53/),
  });
});

it("leaves out what is optional and empty, and takes an empty text for what is not", () => {
  const definitions = [define("note", "string", true), define("count", "integer", true), define("text", "longstring")];
  expect(readRunInput(definitions, { note: "", count: "" })).toEqual({
    input: { text: "" },
    files: {},
    errors: {},
  });
});

it("takes a switch that nobody touched as off", () => {
  expect(readRunInput([define("short", "boolean")], {}).input).toEqual({ short: false });
});

it("sets files apart, which have to be uploaded, and asks for those that must be there", () => {
  const photo = new File(["x"], "a.png");
  const definitions = [define("photo", "file"), define("more", "directory", true), define("rows", "table")];
  const read = readRunInput(definitions, { photo, rows: "" });
  expect(read).toEqual({ input: {}, files: { photo }, errors: { "input.rows": "Choose a file." } });
});
