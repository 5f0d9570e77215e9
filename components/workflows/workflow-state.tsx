import { cn } from "@/components/ui/cn";
import type { WorkflowResource } from "@/lib/workflows/contract";

/** A workflow as the dashboard sorts it: a draft that cannot be deployed is told apart from one that can. */
export type ShownState = WorkflowResource["state"] | "invalid";

export function shownStateOf(workflow: Pick<WorkflowResource, "state" | "valid">): ShownState {
  return workflow.state !== "live" && !workflow.valid ? "invalid" : workflow.state;
}

export const workflowStateLooks: Record<ShownState, { label: string; dot: string }> = {
  live: { label: "Live", dot: "bg-completed" },
  draft: { label: "Draft", dot: "border-2 border-queued" },
  stopped: { label: "Stopped", dot: "bg-canceled" },
  invalid: { label: "Invalid", dot: "bg-failed" },
};

export function WorkflowStateBadge({ workflow }: { workflow: WorkflowResource }) {
  const { label, dot } = workflowStateLooks[shownStateOf(workflow)];
  return (
    <span className="inline-flex h-6 items-center gap-2 whitespace-nowrap rounded-full border border-line-strong px-2.5 text-xs">
      <span aria-hidden="true" className={cn("size-2 rounded-full", dot)} />
      {label}
      {workflow.version !== null && <span className="tabular text-ink-faint">v{workflow.version}</span>}
    </span>
  );
}
