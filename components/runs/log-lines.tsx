"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine } from "lucide-react";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatClock } from "@/components/ui/format";
import type { LogLineResource } from "@/lib/runs/logs/contract";
import type { LogIndex, LogView } from "./log-index";
import type { LogLevel } from "./log-level";
import { levelLooks } from "./log-level-looks";
import { patternOf } from "./search-pattern";

const rowHeight = 20;
const viewHeight = 460;
/** This near to its end, the log is followed. */
const tailPixels = 40;

interface LogLinesProps {
  lines: readonly LogLineResource[];
  index: LogIndex;
  view: LogView;
  /** What is marked in them. */
  text: string;
  showsNode: boolean;
  followsAtFirst: boolean;
}

/** The lines that are shown of a log; only those in view are made. */
export function LogLines({ lines, index, view, text, showsNode, followsAtFirst }: LogLinesProps) {
  const scroller = useRef<HTMLElement>(null);
  const [isFollowing, setFollowing] = useState(followsAtFirst);
  const virtual = useVirtualizer({
    count: view.total,
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
            const place = view.places ? view.places[item.index] : item.index;
            const line = place === undefined ? undefined : lines[place];
            return (
              line && (
                <div
                  key={item.key}
                  className="absolute inset-x-0 top-0"
                  style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                >
                  <Line
                    line={line}
                    level={index.levelAt(place as number)}
                    text={text}
                    showsNode={showsNode}
                    showsAttempt={view.hasRetries}
                  />
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

interface LineProps {
  line: LogLineResource;
  level: LogLevel;
  text: string;
  showsNode: boolean;
  showsAttempt: boolean;
}

const Line = memo(function Line({ line, level, text, showsNode, showsAttempt }: LineProps) {
  return (
    <div className="flex gap-3 whitespace-pre px-3 leading-5 hover:bg-hover">
      <span className="tabular select-none text-ink-faint" suppressHydrationWarning>
        {formatClock(new Date(line.at))}
      </span>
      {showsNode && <span className="w-28 shrink-0 select-none truncate text-ink-soft max-sm:w-14">{line.node}</span>}
      {showsAttempt && (
        <span title={`Attempt ${line.attempt}`} className="tabular select-none text-ink-faint">
          #{line.attempt}
        </span>
      )}
      <span className={levelLooks[level].text}>{text ? <Marked line={line.line} text={text} /> : line.line}</span>
    </div>
  );
});

/** A line with what was searched for marked in it. */
function Marked({ line, text }: { line: string; text: string }) {
  const pattern = useMemo(() => new RegExp(`(${patternOf(text).source})`, "gi"), [text]);
  return line.split(pattern).map((part, index) =>
    // Every second part is what the pattern holds.
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other name
      <mark key={index} className="rounded-xs bg-accent/25 text-inherit">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
