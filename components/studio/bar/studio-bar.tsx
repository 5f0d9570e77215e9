import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { WorkflowStateBadge } from "@/components/workflows/workflow-state";
import { useStudio } from "../use-studio";

/** Where one is, how the draft is doing, and what can be done with it. */
export function StudioBar() {
  const { projectId, workflow } = useStudio();
  return (
    <header className="flex h-13 shrink-0 items-center gap-3 border-line border-b bg-surface px-3">
      <Link
        href={`/${projectId}/workflows/${workflow.id}`}
        aria-label="Leave the studio"
        title="Leave the studio"
        className="flex size-8 shrink-0 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
      >
        <ArrowLeft size={17} />
      </Link>
      <h1 className="min-w-0 truncate font-semibold text-base">{workflow.name}</h1>
      <WorkflowStateBadge workflow={workflow} />
    </header>
  );
}
