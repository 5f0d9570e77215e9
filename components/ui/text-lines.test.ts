import { expect, it } from "vitest";
import { textRows } from "./text-lines";

it("wraps lines at spaces, and in the middle of what has none", () => {
  expect(textRows("one two three\n\nabcdefghij\n", 8)).toEqual([
    { number: 1, text: "one two " },
    { number: null, text: "three" },
    { number: 2, text: "" },
    { number: 3, text: "abcdefgh" },
    { number: null, text: "ij" },
  ]);
});

it("loses no character, whatever the width", () => {
  const line = `${"a b".repeat(50)}${"x".repeat(99)} ${"é ".repeat(20)}`;
  for (const columns of [1, 7, 80, 2_000])
    expect(
      textRows(line, columns)
        .map((row) => row.text)
        .join(""),
    ).toBe(line);
});

it("keeps the numbers of the lines that a search finds", () => {
  expect(textRows("Rain\nsun\r\nrainbow", 80, "RAIN").map((row) => row.number)).toEqual([1, 3]);
});
