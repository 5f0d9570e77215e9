import type { WorkflowResource } from "@/lib/workflows/contract";

/** Whether there is a version to go back to: of a stopped workflow, the newest one counts. */
export function hasEarlierVersion({ state, version }: Pick<WorkflowResource, "state" | "version">): boolean {
  return version !== null && (state !== "live" || version > 1);
}
