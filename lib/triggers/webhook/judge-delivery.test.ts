import { describe, expect, it } from "vitest";
import { reasonToIgnore } from "./judge-delivery";

function isTaken(branch: string, ...patterns: string[]): boolean {
  const filters = [{ name: "Branches", at: ["ref"], without: ["refs/heads/"], patterns }];
  return reasonToIgnore({ only: [], filters }, new Headers(), { ref: branch }) === null;
}

describe("a pattern of a filter", () => {
  it.each([
    ["main", "main"],
    ["refs/heads/main", "main"],
    ["refs/heads/main", "refs/heads/*"],
    ["Release/1.2", "release/*"],
    ["release/1.2", "*/1.*"],
    ["release/1.2", "r*e*/*2"],
    ["anything", "*"],
    ["a+b", "a+*"],
  ])("%s is like %s", (branch, pattern) => expect(isTaken(branch, pattern)).toBe(true));

  it.each([
    ["maintenance", "main"],
    ["main", "main*main"],
    ["aba", "ab*ba"],
    ["release/1.2", "*/1.*3"],
    ["axb", "a.b"],
  ])("%s is not like %s", (branch, pattern) => expect(isTaken(branch, pattern)).toBe(false));

  it("takes no longer for many asterisks", () => {
    const begun = process.cpuUsage();
    expect(isTaken("a".repeat(10_000), `${"a*".repeat(200)}b`)).toBe(false);
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(500);
  });
});

it("says what a delivery is and what would have been taken", () => {
  const filters = [{ name: "Branches", at: ["ref"], without: ["refs/heads/"], patterns: ["main", "release/*"] }];
  expect(reasonToIgnore({ only: [], filters }, new Headers(), { ref: "refs/heads/other" })).toBe(
    "Branches: other is not among main, release/*.",
  );
  const only = [{ at: ["header:X-GitHub-Event"], is: ["push"], optional: false }];
  expect(reasonToIgnore({ only, filters: [] }, new Headers({ "x-github-event": "fork" }), {})).toBe(
    "It is fork, and only push is taken.",
  );
});
