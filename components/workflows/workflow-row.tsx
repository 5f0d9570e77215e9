"use client";
import { memo } from "react";
import { LastRun } from "@/components/runs/last-run";
import { Sparkline } from "@/components/runs/sparkline";
import { cn } from "@/components/ui/cn";
import { formatTaken } from "@/components/ui/format";
import { RowLink } from "@/components/ui/row-link";
import type { WorkflowActivity } from "@/lib/runs/activity/contract";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { Endpoint } from "./endpoint";
import { TagList } from "./tag-list";
import { WorkflowMenu } from "./workflow-menu";
import { WorkflowStateBadge } from "./workflow-state";

export interface WorkflowRowProps {
  projectId: string;
  workflow: WorkflowResource;
  activity: WorkflowActivity | undefined;
}

/** Beside the navigation, the widest of these take more than a small screen has. */
const columns =
  "lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1.2fr)_6.5rem_6.5rem_2rem] xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1.2fr)_7.5rem_8.5rem_6rem_4.5rem_2rem]";

/** What the columns are of, where there is room for columns. */
export function WorkflowColumns() {
  return (
    <div
      aria-hidden="true"
      className={cn("hidden h-9 items-center gap-x-4 bg-sunken px-4 text-ink-faint text-xs lg:grid", columns)}
    >
      <span>Name</span>
      <span>Started by</span>
      <span>State</span>
      <span>Last run</span>
      <span className="hidden xl:block">Last 24 hours</span>
      <span className="hidden text-right xl:block">p50 / p95</span>
    </div>
  );
}

/** The whole row leads to the workflow; what can be pressed in it lies above that. */
export const WorkflowRow = memo(function WorkflowRow({ projectId, workflow, activity }: WorkflowRowProps) {
  return (
    <li
      className={cn(
        "relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 px-4 py-3.5 transition-colors hover:bg-hover",
        columns,
      )}
    >
      <div className="min-w-0">
        <RowLink
          href={`/${projectId}/workflows/${workflow.id}`}
          dir="auto"
          className="block truncate text-left font-medium after:absolute after:inset-0"
        >
          {workflow.name}
        </RowLink>
        {workflow.description && (
          <p dir="auto" className="truncate text-left text-ink-faint text-xs">
            {workflow.description}
          </p>
        )}
        {workflow.tags.length > 0 && (
          <div className="mt-1">
            <TagList projectId={projectId} tags={workflow.tags} />
          </div>
        )}
      </div>
      <div className="order-3 col-span-2 min-w-0 lg:order-none lg:col-span-1">
        <Endpoint workflow={workflow} />
      </div>
      <div className="order-4 lg:order-none">
        <WorkflowStateBadge workflow={workflow} />
      </div>
      <div className="order-5 justify-self-end lg:order-none lg:justify-self-start">
        <LastRun projectId={projectId} run={activity?.lastRun ?? null} />
      </div>
      <div className="hidden xl:block">{activity && <Sparkline hours={activity.hours} />}</div>
      <span
        title="Median and 95th percentile of completed runs in the last 24 hours"
        className="tabular hidden text-right text-ink-soft text-xs xl:block"
      >
        {activity?.p50Ms != null && (
          <>
            {formatTaken(activity.p50Ms)}
            <span className="block text-ink-faint">{formatTaken(activity.p95Ms ?? 0)}</span>
          </>
        )}
      </span>
      <div className="order-2 -mr-1.5 justify-self-end lg:order-none">
        <WorkflowMenu workflow={workflow} />
      </div>
    </li>
  );
});
