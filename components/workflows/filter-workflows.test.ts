import { expect, it } from "vitest";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { countByState, filterWorkflows } from "./filter-workflows";

function workflow(name: string, change: Partial<WorkflowResource> = {}): WorkflowResource {
  const at = "2026-01-01T00:00:00.000Z";
  const base = {
    description: "",
    version: null,
    trigger: null,
    endpoint: null,
    valid: true,
    createdAt: at,
    updatedAt: at,
  };
  return { id: name, name, state: "draft", ...base, ...change };
}

const weather = workflow("Weather report", {
  state: "live",
  endpoint: { method: "GET", path: "/weather/{city}", url: "https://x.example/weather/{city}" },
});
const broken = workflow("Broken import", { valid: false });
const all = [weather, broken, workflow("Nightly", { state: "stopped" })];
const namesOf = (found: WorkflowResource[]) => found.map((item) => item.name);

it("finds by every word, in the name or the endpoint", () => {
  expect(namesOf(filterWorkflows(all, { search: "REPORT get", state: "" }))).toEqual(["Weather report"]);
  expect(namesOf(filterWorkflows(all, { search: "weather nightly", state: "" }))).toEqual([]);
});

it("orders by name, whatever was changed last", () => {
  expect(namesOf(filterWorkflows(all, { search: "", state: "" }))).toEqual([
    "Broken import",
    "Nightly",
    "Weather report",
  ]);
});

it("tells drafts that cannot be deployed apart", () => {
  expect(namesOf(filterWorkflows(all, { search: "", state: "invalid" }))).toEqual(["Broken import"]);
  expect(countByState(all)).toEqual({ live: 1, draft: 0, stopped: 1, invalid: 1 });
});

it("calls a live workflow live, whatever its draft has become", () => {
  expect(filterWorkflows([{ ...weather, valid: false }], { search: "", state: "live" })).toHaveLength(1);
});
