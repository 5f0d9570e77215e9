import { expect, it } from "vitest";
import { type FormInput, judgeForm, partsOf } from "./typed-form";

const input = (name: string, type: FormInput["type"], optional = false, enumValues?: string[]): FormInput => ({
  name,
  humanName: "",
  help: "",
  type,
  optional,
  ...(enumValues && { enumValues }),
});
const inputs = [
  input("text", "string"),
  input("count", "integer"),
  input("size", "enum", false, ["s", "l"]),
  input("file", "file"),
  input("agree", "boolean"),
  input("more", "longstring", true),
];
const file = new File(["x"], "x.txt");

it("each field that lacks something says so", () => {
  expect(judgeForm(inputs, {})).toEqual({
    text: "Fill this in.",
    count: "Fill this in.",
    size: "Fill this in.",
    file: "Choose a file.",
  });
  expect(judgeForm(inputs, { text: "x", count: "1.5", size: "s", file })).toEqual({ count: "Give a whole number." });
});

it("what is right is sent as it was filled in, and what was left empty is not", () => {
  const filled = { text: "x", count: "3", size: "l", file, more: "" };
  expect(judgeForm(inputs, filled)).toEqual({});
  const parts = [...partsOf(inputs, filled)];
  expect(parts.map(([name, value]) => [name, value instanceof File ? value.name : value])).toEqual([
    ["text", "x"],
    ["count", "3"],
    ["size", "l"],
    ["file", "x.txt"],
    ["agree", "false"],
  ]);
});
