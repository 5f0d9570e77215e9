import type { TriggerKind } from "@/lib/triggers/kinds";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { type ShownState, shownStateOf } from "./workflow-state";

export interface WorkflowFilter {
  search: string;
  state: ShownState | "";
  trigger: string;
  tag: string;
}

/**
 * Finds workflows by name, description, path, trigger or tag, every word anywhere. In order of their names, so that none
 * moves when it is acted on. Pure.
 */
export function filterWorkflows(workflows: WorkflowResource[], filter: WorkflowFilter): WorkflowResource[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = workflows.filter((workflow) => {
    if (filter.state !== "" && shownStateOf(workflow) !== filter.state) return false;
    if (filter.trigger !== "" && workflow.trigger !== filter.trigger) return false;
    if (filter.tag !== "" && !workflow.tags.includes(filter.tag)) return false;
    const { name, description, endpoint, trigger, tags } = workflow;
    const text = [name, description, endpoint?.method, endpoint?.path, trigger, ...tags].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return found.sort((left, right) => left.name.localeCompare(right.name) || left.id.localeCompare(right.id));
}

export function countByState(workflows: WorkflowResource[]): Record<ShownState, number> {
  const counts = { live: 0, draft: 0, stopped: 0, invalid: 0 };
  for (const workflow of workflows) counts[shownStateOf(workflow)]++;
  return counts;
}

function countEach<Value>(values: Value[]): [Value, number][] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

/** The kinds of trigger that there are, and how many workflows have each. */
export function countByTrigger(workflows: WorkflowResource[]): [TriggerKind, number][] {
  return countEach(workflows.flatMap((workflow) => workflow.trigger ?? [])).sort(([, left], [, right]) => right - left);
}

/** In order of the tags. */
export function countByTag(workflows: WorkflowResource[]): [string, number][] {
  return countEach(workflows.flatMap((workflow) => workflow.tags)).sort(([left], [right]) => left.localeCompare(right));
}
