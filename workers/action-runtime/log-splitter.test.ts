import { describe, expect, it } from "vitest";
import { LogSplitter } from "./log-splitter";

const texts = (splitter: LogSplitter, input: string) =>
  splitter.push(Buffer.from(input)).map(([, stream, text]) => `${stream}:${text}`);

describe("LogSplitter", () => {
  it("cuts lines across chunks and keeps streams apart", () => {
    const splitter = new LogSplitter(() => false);
    expect(texts(splitter, "one\ntw")).toEqual(["stdout:one"]);
    expect(texts(splitter, "o\n\0Eoops\npartial\0Eerr\n")).toEqual([
      "stdout:two",
      "stderr:oops",
      "stdout:partial",
      "stderr:err",
    ]);
  });

  it("takes the mark and its own line end out, and leaves forged marks in", () => {
    const marks: string[] = [];
    const splitter = new LogSplitter((mark) => mark === "m1" && marks.push(mark) > 0);
    expect(texts(splitter, "a\n\n\n\0m1\n")).toEqual(["stdout:a", "stdout:"]);
    expect(texts(splitter, "\0m2\n")).toEqual(["stdout:\0m2"]);
    expect(marks).toEqual(["m1"]);
  });

  it("splits an endless line", () => {
    const splitter = new LogSplitter(() => false);
    expect(splitter.push(Buffer.alloc(40_000, "x")).map(([, , text]) => text.length)).toEqual([16_384, 16_384]);
    expect(splitter.end().map(([, , text]) => text.length)).toEqual([7_232]);
  });
});
