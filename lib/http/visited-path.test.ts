import { expect, it } from "vitest";
import { visitedPath, visitedPathHeader } from "./visited-path";

it.each([
  ["/p1/runs?state=failed&_rsc=1abc", "/p1/runs?state=failed"],
  ["/p1?_rsc=1abc", "/p1"],
  ["/p1/library", "/p1/library"],
])("%s is %s", (url, expected) => {
  expect(visitedPath(new Headers({ [visitedPathHeader]: url }))).toBe(expected);
});

it("is the root where nothing was said", () => expect(visitedPath(new Headers())).toBe("/"));
