"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { SearchX } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import type { RunFilter, RunSummary } from "@/lib/runs/contract";
import { runsQuery } from "./queries";
import { RunColumns, RunRow, runRowHeight } from "./run-row";

/** Runs, newest first: further pages are read as they are scrolled to, and only the rows in view are made. */
export function RunList({
  filter,
  hidesWorkflow = false,
  empty,
}: {
  filter: RunFilter;
  hidesWorkflow?: boolean;
  empty?: ReactNode;
}) {
  const projectId = useProjectId();
  const query = useInfiniteQuery(runsQuery(projectId, filter));
  const { data, error, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, refetch } = query;
  if (!data) {
    if (error) return <QueryError title="The runs could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading runs" />;
  }
  const runs = data.pages.flatMap((page) => page.items);
  if (runs.length === 0) {
    return empty ?? <EmptyState icon={<SearchX size={22} />} title="No runs yet" />;
  }
  return (
    <>
      <Rows
        runs={runs}
        projectId={projectId}
        hidesWorkflow={hidesWorkflow}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
        }}
      />
      {isFetchNextPageError && error && (
        <QueryError title="Earlier runs could not be read" error={error} onRetry={() => void fetchNextPage()} />
      )}
      {isFetchingNextPage && (
        <p role="status" className="flex items-center justify-center gap-2 py-4 text-ink-faint text-sm">
          <Spinner /> Reading earlier runs
        </p>
      )}
    </>
  );
}

function Rows({
  runs,
  projectId,
  hidesWorkflow,
  onEnd,
}: {
  runs: RunSummary[];
  projectId: string;
  hidesWorkflow: boolean;
  onEnd: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    setScrollMargin((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => runRowHeight,
    getItemKey: (index) => runs[index]?.id ?? index,
    overscan: 8,
    scrollMargin,
    initialRect: { width: 0, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= runs.length - 5) onEnd();
  }, [lastIndex, runs.length, onEnd]);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      <RunColumns hidesWorkflow={hidesWorkflow} />
      <ul
        ref={list}
        aria-label="Runs"
        className="relative [&>li:last-child>*]:border-b-0"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const run = runs[item.index];
          return (
            run && (
              <li
                key={run.id}
                className="absolute inset-x-0 top-0"
                style={{ height: runRowHeight, transform: `translateY(${item.start - scrollMargin}px)` }}
              >
                <RunRow projectId={projectId} run={run} hidesWorkflow={hidesWorkflow} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
