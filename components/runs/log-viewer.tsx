"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine, Download } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ErrorPanel } from "@/components/ui/error-panel";
import { formatClock, formatCount } from "@/components/ui/format";
import { SearchField } from "@/components/ui/search-field";
import type { LogLineResource } from "@/lib/runs/logs/contract";
import { type LogLevel, levelOf } from "./log-level";
import { useRunLog } from "./use-run-log";

const rowHeight = 20;
const viewHeight = 460;
/** This near to its end, the log is followed. */
const tailPixels = 40;

/** A run's log, or one step's: as long as it may be, searchable, and followed while it grows. */
export function LogViewer({
  runId,
  node,
  isOpen,
}: {
  runId: string;
  node: string | null;
  /** More is to come, so its end is what is looked at. */
  isOpen: boolean;
}) {
  const { lines, count, isLoading, hasEnded, error, retry } = useRunLog(runId, node);
  const [search, setSearch] = useState("");
  const shown = useMemo(() => {
    const text = search.toLowerCase();
    // `lines` grows in place, so its length is what tells that there is more to search.
    return text ? lines.slice(0, count).filter((line) => line.line.toLowerCase().includes(text)) : lines;
  }, [lines, count, search]);
  const total = search ? shown.length : count;
  if (error) return <ErrorPanel title="The log could not be read" message={error.message} onRetry={retry} />;
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-2 py-1.5">
        <SearchField
          label="Search the log"
          value={search}
          onChange={setSearch}
          className="min-w-40 flex-1 sm:max-w-72"
        />
        <span role="status" className="tabular ml-auto text-ink-faint text-xs">
          {search ? `${formatCount(total, "line")} of ${count.toLocaleString("en")}` : formatCount(total, "line")}
          {!hasEnded && !isLoading && " · following"}
          {isLoading && " · reading"}
        </span>
        <Button
          size="sm"
          look="quiet"
          icon={<Download size={13} />}
          disabled={count === 0 || isLoading}
          onClick={() => download(lines, `${runId}${node ? `-${node}` : ""}.log`)}
        >
          Download
        </Button>
      </div>
      {total === 0 ? (
        <p className="px-4 py-10 text-center text-ink-faint text-sm">
          {search ? `No line holds “${search}”.` : isLoading ? "Reading the log …" : "Nothing was logged."}
        </p>
      ) : (
        <Lines lines={shown} count={total} showsNode={node === null} followsAtFirst={isOpen} />
      )}
    </div>
  );
}

function Lines({
  lines,
  count,
  showsNode,
  followsAtFirst,
}: {
  lines: readonly LogLineResource[];
  count: number;
  showsNode: boolean;
  followsAtFirst: boolean;
}) {
  const scroller = useRef<HTMLElement>(null);
  const [isFollowing, setFollowing] = useState(followsAtFirst);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
    initialRect: { width: 0, height: viewHeight },
  });
  const total = virtual.getTotalSize();
  useEffect(() => {
    if (isFollowing) scroller.current?.scrollTo({ top: total });
  }, [isFollowing, total]);
  const onScroll = () => {
    const element = scroller.current;
    if (element) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < tailPixels);
  };
  return (
    <div className="relative">
      <section
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
        tabIndex={0}
        aria-label="Log lines"
        style={{ maxHeight: viewHeight }}
        className="overflow-auto py-1.5 font-mono text-xs focus-visible:-outline-offset-2"
      >
        <div className="relative min-w-max" style={{ height: total }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return (
              line && (
                <div
                  key={item.key}
                  className="absolute inset-x-0 top-0"
                  style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                >
                  <Line line={line} showsNode={showsNode} />
                </div>
              )
            );
          })}
        </div>
      </section>
      {!isFollowing && total > viewHeight && (
        <Button
          size="sm"
          className="absolute right-4 bottom-3"
          icon={<ArrowDownToLine size={13} />}
          onClick={() => setFollowing(true)}
        >
          To the end
        </Button>
      )}
    </div>
  );
}

const levelColors: Record<LogLevel, string> = {
  error: "text-failed",
  warning: "text-warning",
  debug: "text-ink-faint",
  system: "text-accent italic",
  plain: "text-ink",
};

function Line({ line, showsNode }: { line: LogLineResource; showsNode: boolean }) {
  return (
    <div className="flex gap-3 whitespace-pre px-3 leading-5 hover:bg-hover">
      <span className="tabular select-none text-ink-faint" suppressHydrationWarning>
        {formatClock(new Date(line.at))}
      </span>
      {showsNode && <span className="w-28 shrink-0 select-none truncate text-ink-soft max-sm:w-14">{line.node}</span>}
      <span className={cn(levelColors[levelOf(line)])}>{line.line}</span>
    </div>
  );
}

function download(lines: readonly LogLineResource[], name: string): void {
  const parts = lines.map(({ at, node, attempt, stream, line }) => `${at} ${node}#${attempt} ${stream} ${line}\n`);
  const url = URL.createObjectURL(new Blob(parts, { type: "text/plain" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
