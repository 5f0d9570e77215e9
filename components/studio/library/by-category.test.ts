import { expect, it } from "vitest";
import { groupActions } from "@/components/library/group-actions";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { catalog } from "../testing";
import { byCategory } from "./by-category";

const base = catalog.versions.get("take@1.0") as ActionVersionResource;
const version = (name: string, more: Partial<ActionVersionResource> = {}) => ({ ...base, id: name, name, ...more });

it("what is the project's own stands first, triggers second, and the rest by category", () => {
  const sections = byCategory(
    groupActions([
      version("zip", { source: "builtin", categories: ["Files", "Data"] }),
      version("mine"),
      version("also mine"),
      version("cron", { kind: "trigger", source: "builtin", categories: ["Clock"] }),
      version("odd", { source: "builtin" }),
      version("csv", { source: "builtin", categories: ["Data"] }),
    ]),
  );
  expect(sections.map(({ category, groups }) => [category, groups.map((group) => group.id).join()])).toEqual([
    ["This project", "also mine,mine"],
    ["Triggers", "cron"],
    ["Data", "csv"],
    ["Files", "zip"],
    ["Other", "odd"],
  ]);
});

it("a section without a match is not shown", () => {
  expect(byCategory([])).toEqual([]);
});
