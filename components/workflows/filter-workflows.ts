import type { WorkflowResource } from "@/lib/workflows/contract";
import { type ShownState, shownStateOf } from "./workflow-state";

export interface WorkflowFilter {
  search: string;
  state: ShownState | "";
}

/**
 * Finds workflows by name, description, path or trigger, every word anywhere. In order of their names, so that none
 * moves when it is acted on. Pure.
 */
export function filterWorkflows(workflows: WorkflowResource[], { search, state }: WorkflowFilter): WorkflowResource[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = workflows.filter((workflow) => {
    if (state !== "" && shownStateOf(workflow) !== state) return false;
    const { name, description, endpoint, trigger } = workflow;
    const text = [name, description, endpoint?.method, endpoint?.path, trigger].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return found.sort((left, right) => left.name.localeCompare(right.name) || left.id.localeCompare(right.id));
}

export function countByState(workflows: WorkflowResource[]): Record<ShownState, number> {
  const counts = { live: 0, draft: 0, stopped: 0, invalid: 0 };
  for (const workflow of workflows) counts[shownStateOf(workflow)]++;
  return counts;
}
