import { expect, it } from "vitest";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { countByState, countByTag, countByTrigger, filterWorkflows, type WorkflowFilter } from "./filter-workflows";

function workflow(name: string, change: Partial<WorkflowResource> = {}): WorkflowResource {
  const at = "2026-01-01T00:00:00.000Z";
  const base = {
    description: "",
    tags: [],
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
const any: WorkflowFilter = { search: "", state: "", trigger: "", tag: "" };
const namesOf = (found: WorkflowResource[]) => found.map((item) => item.name);

it("finds by every word, in the name or the endpoint", () => {
  expect(namesOf(filterWorkflows(all, { ...any, search: "REPORT get" }))).toEqual(["Weather report"]);
  expect(namesOf(filterWorkflows(all, { ...any, search: "weather nightly" }))).toEqual([]);
});

it("orders by name, whatever was changed last", () => {
  expect(namesOf(filterWorkflows(all, any))).toEqual(["Broken import", "Nightly", "Weather report"]);
});

it("tells drafts that cannot be deployed apart", () => {
  expect(namesOf(filterWorkflows(all, { ...any, state: "invalid" }))).toEqual(["Broken import"]);
  expect(countByState(all)).toEqual({ live: 1, draft: 0, stopped: 1, invalid: 1 });
});

it("calls a live workflow live, whatever its draft has become", () => {
  expect(filterWorkflows([{ ...weather, valid: false }], { ...any, state: "live" })).toHaveLength(1);
});

it("narrows to a trigger and a tag, and counts what there is of them", () => {
  const nightly = workflow("Nightly", { trigger: "clock", tags: ["billing", "nightly"] });
  const form = workflow("Order", { trigger: "form", tags: ["billing"] });
  const both = [nightly, form, workflow("Hourly", { trigger: "clock" })];
  expect(namesOf(filterWorkflows(both, { ...any, trigger: "clock" }))).toEqual(["Hourly", "Nightly"]);
  expect(namesOf(filterWorkflows(both, { ...any, trigger: "clock", tag: "billing" }))).toEqual(["Nightly"]);
  expect(namesOf(filterWorkflows(both, { ...any, search: "NIGHT" }))).toEqual(["Nightly"]);
  expect(countByTrigger(both)).toEqual([
    ["clock", 2],
    ["form", 1],
  ]);
  expect(countByTag(both)).toEqual([
    ["billing", 2],
    ["nightly", 1],
  ]);
});
