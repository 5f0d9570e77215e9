import { RowLink } from "@/components/ui/row-link";
import { RelativeTime } from "@/components/ui/time";
import type { WorkflowActivity } from "@/lib/runs/activity/contract";
import { StateIcon } from "./run-state";

export function LastRun({ projectId, run }: { projectId: string; run: WorkflowActivity["lastRun"] }) {
  if (!run) return <span className="text-ink-faint text-xs">No runs yet</span>;
  return (
    <RowLink
      href={`/${projectId}/runs/${run.id}`}
      className="relative flex w-fit items-center gap-1.5 rounded-sm text-ink-soft text-xs hover:text-ink hover:underline"
    >
      <StateIcon state={run.state} size={14} />
      <RelativeTime at={run.createdAt} />
    </RowLink>
  );
}
