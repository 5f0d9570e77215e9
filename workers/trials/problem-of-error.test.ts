import { expect, it } from "vitest";
import { problemOfError } from "./problem-of-error";

const frame = (file: string, line: number | null) => ({ file, line, name: "f" });
const error = (...stack: ReturnType<typeof frame>[]) => ({ type: "ValueError", message: "no", stack });

it("names the innermost line of the package's own", () => {
  const stack = [frame("ryax_handler.py", 4), frame("helpers/read.py", 9), frame("/usr/lib/python3/json.py", 300)];
  expect(problemOfError(error(...stack))).toEqual({ path: "helpers/read.py", line: 9, message: "ValueError: no" });
});

it("names none where only others' code is known", () => {
  expect(problemOfError(error(frame("<frozen importlib>", 3), frame("node:fs", 4)))).toBeNull();
  expect(problemOfError(error(frame("ryax_handler.js", null)))).toBeNull();
});
