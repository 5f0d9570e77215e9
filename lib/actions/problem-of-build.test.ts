import { expect, it } from "vitest";
import { problemOfBuild } from "./problem-of-build";

it.each([
  ["ryax_handler.py: line 3: invalid syntax.", { path: "ryax_handler.py", line: 3, message: "invalid syntax." }],
  ["package.json: “x”: “*:” must be a version.", { path: "package.json", message: "“x”: “*:” must be a version." }],
  ["requirements.txt: line 1: no such\npackage", { path: "requirements.txt", line: 1, message: "no such\npackage" }],
  ["Installing the dependencies took longer than 10 min and was stopped.", null],
  ["The package asks for Python 3.2: it is not here.", null],
])("%j is at its place", (message, problem) => {
  expect(problemOfBuild(message)).toEqual(problem);
});
