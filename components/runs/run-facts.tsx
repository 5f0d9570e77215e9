import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { formatDuration } from "@/components/ui/format";
import { Facts } from "@/components/ui/section";
import { Duration, RelativeTime } from "@/components/ui/time";
import type { LinkedRun, RunDetail } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { HttpStatus } from "./http-status";
import { StateIcon } from "./run-state";
import { sourceLabel } from "./source";
import { versionLabel } from "./version-label";

/** What the caller was told: the status, and 202 where the answer came too late for that. */
function HttpAnswer({ run }: { run: RunDetail }) {
  const { status, answered } = run.http ?? { status: null, answered: null };
  if (answered === null && status === null) {
    return <span className="text-ink-faint">{isRunOver(run.state) ? "The caller hung up" : "Not yet"}</span>;
  }
  const isLate = answered === 202 && status !== 202;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <HttpStatus status={answered ?? status} />
      {isLate && status !== null && (
        <span className="text-ink-faint text-xs">
          then <HttpStatus status={status} /> by its link
        </span>
      )}
    </span>
  );
}

const shownWaitMs = 100;

/** From its first step on; the time before that is told where anybody would notice it. */
function RunDuration({ run }: { run: RunDetail }) {
  if (run.startedAt === null && !isRunOver(run.state)) {
    return (
      <span className="text-ink-soft">
        Waiting for <Duration startedAt={run.createdAt} finishedAt={null} />
      </span>
    );
  }
  const waitedMs = run.startedAt ? Date.parse(run.startedAt) - Date.parse(run.createdAt) : 0;
  return (
    <span className="flex flex-wrap items-baseline gap-x-1.5">
      <Duration startedAt={run.startedAt} finishedAt={run.finishedAt} />
      {waitedMs >= shownWaitMs && (
        <span className="tabular text-ink-faint text-xs">after {formatDuration(waitedMs)} of waiting</span>
      )}
    </span>
  );
}

/** The other run's workflow and how it does; by which step, or by which run's end, is its label's to say. */
function LinkedRunLink({ projectId, run }: { projectId: string; run: LinkedRun }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <StateIcon state={run.state} size={13} />
      <Link
        href={`/${projectId}/runs/${run.id}`}
        title={run.id}
        className="min-w-0 truncate rounded-sm underline underline-offset-2"
      >
        {run.workflow.name}
      </Link>
      <span className="shrink-0 text-ink-faint text-xs">{run.node === null ? "by its end" : `step ${run.node}`}</span>
    </span>
  );
}

function startedItems(run: RunDetail, projectId: string): { label: string; value: ReactNode }[] {
  if (run.started.length === 0) return [];
  const value = (
    <ul className="flex min-w-0 flex-col gap-1">
      {run.started.map((one) => (
        <li key={one.id}>
          <LinkedRunLink projectId={projectId} run={one} />
        </li>
      ))}
    </ul>
  );
  return [{ label: run.started.length === 1 ? "Started run" : "Started runs", value }];
}

export function RunFacts({ run, projectId }: { run: RunDetail; projectId: string }) {
  const items: { label: string; value: ReactNode }[] = [
    {
      label: "Workflow",
      value: (
        <Link
          href={`/${projectId}/workflows/${run.workflow.id}`}
          className="rounded-sm underline-offset-2 hover:underline"
        >
          {run.workflow.name} <span className="tabular text-ink-faint">{versionLabel(run.version)}</span>
        </Link>
      ),
    },
    {
      label: "Started by",
      value: run.startedBy ? (
        <LinkedRunLink projectId={projectId} run={run.startedBy} />
      ) : run.replayOf ? (
        <Link href={`/${projectId}/runs/${run.replayOf}`} className="rounded-sm underline underline-offset-2">
          Replay of an earlier run
        </Link>
      ) : (
        <span className="flex min-w-0 items-baseline gap-1.5">
          {sourceLabel(run.source)}
          {run.keyName !== null && (
            <span title={`The API key “${run.keyName}”`} className="min-w-0 truncate text-ink-faint text-xs">
              key {run.keyName}
            </span>
          )}
        </span>
      ),
    },
    ...startedItems(run, projectId),
    { label: "Created", value: <RelativeTime at={run.createdAt} /> },
    { label: "Duration", value: <RunDuration run={run} /> },
  ];
  if (run.http) items.push({ label: "HTTP answer", value: <HttpAnswer run={run} /> });
  if (run.resultLink) {
    items.push({
      label: "Result link",
      value: (
        <span className="flex items-center gap-1">
          <a href={run.resultLink} target="_blank" rel="noreferrer" className="truncate text-accent hover:underline">
            Open
          </a>
          <CopyButton text={run.resultLink} what="the result link" />
        </span>
      ),
    });
  }
  return <Facts items={items} />;
}
