import { expect, it } from "vitest";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { groupActions, searchActions } from "./group-actions";

function version(id: string, number: string, source = "upload"): ActionVersionResource {
  return {
    id,
    version: number,
    kind: "action",
    state: "built",
    hash: "",
    name: `The ${id}`,
    description: "",
    type: "python3",
    categories: ["text"],
    source,
    inputs: [],
    outputs: [],
    dynamicOutputs: false,
    network: { policy: "off" as const, hosts: [] },
    folders: false,
    addons: {},
    warnings: [],
    error: null,
    createdAt: "2026-01-01T00:00:00.000Z",
  };
}

const groups = groupActions([
  version("form", "1", "builtin"),
  version("api", "1", "builtin"),
  version("count", "2"),
  version("read", "1"),
  version("count", "1"),
]);

it("groups versions by action, newest first, with the project's own in front and the others by name", () => {
  expect(groups.map((group) => [group.id, group.versions.map((item) => item.version)])).toEqual([
    ["count", ["2", "1"]],
    ["read", ["1"]],
    ["api", ["1"]],
    ["form", ["1"]],
  ]);
  expect(groups[0]?.latest.version).toBe("2");
});

it("finds by name, kind and category", () => {
  expect(searchActions(groups, "text COUNT").map((group) => group.id)).toEqual(["count"]);
  expect(searchActions(groups, "nothing")).toEqual([]);
});
