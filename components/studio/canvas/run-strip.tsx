import { Panel } from "@xyflow/react";
import { ArrowUpRight, Ban, X } from "lucide-react";
import Link from "next/link";
import { useMay } from "@/components/projects/use-project";
import { StateBadge } from "@/components/runs/run-state";
import { useRunVerbs } from "@/components/runs/use-run-verbs";
import { Button, IconButton } from "@/components/ui/button";
import { Duration } from "@/components/ui/time";
import type { RunDetail } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { useStudio } from "../use-studio";

/** The run whose states are on the canvas. */
export function RunStrip() {
  const { run, isRunShown } = useStudio();
  return run && isRunShown ? <Strip run={run} /> : null;
}

function Strip({ run }: { run: RunDetail }) {
  const { projectId, showRun } = useStudio();
  const mayCancel = useMay("runs.cancel");
  const { cancel } = useRunVerbs(run.id);
  return (
    <Panel position="top-center">
      <section
        aria-label="Test run"
        className="flex max-w-[90vw] items-center gap-3 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 text-sm shadow-pop"
      >
        <span role="status">
          <StateBadge state={run.state} />
        </span>
        <Duration startedAt={run.startedAt} finishedAt={run.finishedAt} className="whitespace-nowrap text-ink-soft" />
        {run.error && (
          <span className="max-w-72 truncate text-danger" title={run.error.message}>
            {run.error.message}
          </span>
        )}
        <Link
          href={`/${projectId}/runs/${run.id}`}
          className="flex items-center gap-0.5 whitespace-nowrap rounded-sm font-medium text-accent hover:underline"
        >
          Whole run
          <ArrowUpRight size={13} aria-hidden="true" />
        </Link>
        {mayCancel && !isRunOver(run.state) && (
          <Button size="sm" icon={<Ban size={13} />} isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        )}
        <IconButton label="Take the run off the canvas" size="sm" onClick={() => showRun(null)}>
          <X size={14} />
        </IconButton>
      </section>
    </Panel>
  );
}
