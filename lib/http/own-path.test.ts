import { expect, it } from "vitest";
import { ownPath } from "./own-path";

it.each([
  ["/p1/runs?state=failed#top", "/p1/runs?state=failed#top"],
  ["/", "/"],
  [null, "/"],
  ["", "/"],
  ["runs", "/"],
  ["https://evil.example/", "/"],
  ["//evil.example/", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["javascript:alert(1)", "/"],
])("%j leads to %s", (text, expected) => {
  expect(ownPath(text)).toBe(expected);
});
