import { expect, it } from "vitest";
import { isText, previewKindOf, textOfJson } from "./preview-kind";

it("tells by its name how a file is looked at", () => {
  const kindOf = (name: string) => previewKindOf({ kind: "file", name });
  expect(["a.PNG", "b.pdf", "c.tsv", "d.json", "e.log", "noname"].map(kindOf)).toEqual([
    "image",
    "pdf",
    "table",
    "json",
    "text",
    "text",
  ]);
  expect(previewKindOf({ kind: "directory", name: "a.csv" })).toBeNull();
});

it("reads a text out of JSON that is broken off anywhere", () => {
  const json = JSON.stringify('Rain "and"\n\u2028 sun é\\ end');
  for (let length = 1; length < json.length; length++) {
    const text = textOfJson(json.slice(0, length), false);
    expect('Rain "and"\n\u2028 sun é\\ end'.startsWith(text), text).toBe(true);
  }
});

it("takes what has many strange characters for no text", () => {
  expect(isText("PK\u0003\u0004\u0000\u0000\ufffd\ufffd")).toBe(false);
  expect(isText(`${"Ünïcödé ".repeat(30)}\ufffd`)).toBe(true);
});
