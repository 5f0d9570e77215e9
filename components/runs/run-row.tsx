import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { RowLink } from "@/components/ui/row-link";
import { Duration, RelativeTime } from "@/components/ui/time";
import type { RunSummary } from "@/lib/runs/contract";
import { HttpStatus } from "./http-status";
import { StateIcon } from "./run-state";
import { sourceLabel } from "./source";
import { versionLabel } from "./version-label";

export const runRowHeight = 60;

/** Beside the navigation, the widest of these take more than a small screen has. */
const columnsOf = (hidesWorkflow: boolean) =>
  hidesWorkflow
    ? "md:grid-cols-[1.25rem_minmax(0,1fr)_5rem_3rem_4.5rem_5.5rem] xl:grid-cols-[1.25rem_minmax(0,1fr)_6rem_4rem_7rem_8rem]"
    : "md:grid-cols-[1.25rem_minmax(0,1.7fr)_minmax(0,1fr)_5rem_3rem_4.5rem_5.5rem] xl:grid-cols-[1.25rem_minmax(0,1.7fr)_minmax(0,1fr)_6rem_4rem_7rem_7rem]";

/** What the columns are of, where there is room for columns. */
export function RunColumns({ hidesWorkflow }: { hidesWorkflow: boolean }) {
  return (
    <div
      aria-hidden="true"
      className={cn(
        "hidden h-9 items-center gap-x-3 border-line border-b bg-sunken px-4 text-ink-faint text-xs md:grid",
        columnsOf(hidesWorkflow),
      )}
    >
      <span className="col-span-2">Run</span>
      {!hidesWorkflow && <span>Workflow</span>}
      <span>Started by</span>
      <span>HTTP</span>
      <span className="text-right">Duration</span>
      <span className="text-right">Created</span>
    </div>
  );
}

export const RunRow = memo(function RunRow({
  projectId,
  run,
  hidesWorkflow,
}: {
  projectId: string;
  run: RunSummary;
  hidesWorkflow: boolean;
}) {
  return (
    <div
      className={cn(
        "group/run relative grid h-full grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-b px-4 text-sm transition-colors hover:bg-hover",
        columnsOf(hidesWorkflow),
      )}
    >
      <StateIcon state={run.state} />
      <div className="min-w-0">
        <span className="flex items-center gap-1">
          <RowLink
            href={`/${projectId}/runs/${run.id}`}
            title={run.id}
            className="block truncate font-mono text-xs after:absolute after:inset-0"
          >
            {run.id}
          </RowLink>
          <CopyButton
            text={run.id}
            what="the run id"
            className="relative -my-1 opacity-0 focus-visible:opacity-100 group-hover/run:opacity-100 max-md:hidden"
          />
        </span>
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
          <p dir="auto" className="truncate text-left">
            {run.workflow.name}
          </p>
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
