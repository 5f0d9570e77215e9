import { expect, it } from "vitest";
import { definition, entries, take } from "@/lib/workflows/definition/testing";
import { addResult, answerFile, answerJson, changeResult, moveResult, removeResult } from "./results";

const made = definition([take("a"), take("b")], [], entries(["text", "a", "text"], ["n", "a", "count"]));

it("keys are added under names of their own, changed, moved and removed", () => {
  expect(addResult(made, { node: "b", output: "text" }).results).toEqual(
    entries(["text", "a", "text"], ["n", "a", "count"], ["text_2", "b", "text"]),
  );
  expect(changeResult(made, 1, { key: "m" }).results).toEqual(entries(["text", "a", "text"], ["m", "a", "count"]));
  expect(moveResult(made, 1, -1).results).toEqual(entries(["n", "a", "count"], ["text", "a", "text"]));
  expect(moveResult(made, 0, -1)).toBe(made);
  expect(moveResult(made, 1, 1)).toBe(made);
  expect(removeResult(made, 0).results).toEqual(entries(["n", "a", "count"]));
});

it("an answer is JSON or one file", () => {
  const file = answerFile(made, { node: "a", output: "file" });
  expect(file.results).toEqual({ kind: "file", node: "a", output: "file" });
  expect(answerJson(file).results).toEqual(entries());
  expect(answerJson(made)).toBe(made);
});
