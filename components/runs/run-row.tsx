import Link from "next/link";
import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { Duration, RelativeTime } from "@/components/ui/time";
import type { RunSummary } from "@/lib/runs/contract";
import { HttpStatus } from "./http-status";
import { StateIcon } from "./run-state";
import { sourceLabel } from "./source";
import { versionLabel } from "./version-label";

export const runRowHeight = 60;

export const RunRow = memo(function RunRow({
  projectId,
  run,
  hidesWorkflow,
}: {
  projectId: string;
  run: RunSummary;
  hidesWorkflow: boolean;
}) {
  const columns = hidesWorkflow
    ? "md:grid-cols-[1.25rem_minmax(0,1fr)_5rem_3rem_4.5rem_5.5rem] xl:grid-cols-[1.25rem_minmax(0,1fr)_6rem_4rem_7rem_8rem]"
    : "md:grid-cols-[1.25rem_minmax(0,1.7fr)_minmax(0,1fr)_5rem_3rem_4.5rem_5.5rem] xl:grid-cols-[1.25rem_minmax(0,1.2fr)_minmax(0,1fr)_6rem_4rem_7rem_8rem]";
  return (
    <div
      className={cn(
        "relative grid h-full grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-b px-4 text-sm transition-colors hover:bg-hover",
        columns,
      )}
    >
      <StateIcon state={run.state} />
      <div className="min-w-0">
        <Link
          href={`/${projectId}/runs/${run.id}`}
          title={run.id}
          className="block truncate font-mono text-xs after:absolute after:inset-0"
        >
          {run.id}
        </Link>
        <p className={cn("truncate text-xs", run.error ? "text-failed" : "text-ink-faint")}>
          {run.error ? (
            `${run.error.type}: ${run.error.message}`
          ) : run.cancelRequested && run.state === "running" ? (
            "Being canceled"
          ) : (
            <span className="md:hidden">{hidesWorkflow ? sourceLabel(run.source) : run.workflow.name}</span>
          )}
        </p>
      </div>
      {!hidesWorkflow && (
        <div className="hidden min-w-0 md:block">
          <p className="truncate">{run.workflow.name}</p>
          <p className="tabular text-ink-faint text-xs">{versionLabel(run.version)}</p>
        </div>
      )}
      <span className="hidden text-ink-soft text-xs md:block">{sourceLabel(run.source)}</span>
      <span className="hidden md:block">
        <HttpStatus status={run.http?.status ?? null} />
      </span>
      <Duration
        startedAt={run.startedAt}
        finishedAt={run.finishedAt}
        className="hidden text-right text-ink-soft text-xs md:block"
      />
      <RelativeTime at={run.createdAt} className="relative justify-self-end text-ink-faint text-xs" />
    </div>
  );
});
